import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The work of the Swift models as a Java programmer would write it with parallel streams.
 *
 * <pre>java Main sum|stress --workers P --json [--upto N | --seconds S]</pre>
 */
final class Main {
    static final int MAXIMUM_WORKERS = 4096;

    /** Chunks of a sum per worker: more than one, so that a fast worker can take over some of a slow one's. */
    static final int CHUNKS_PER_WORKER = 16;

    /*
     * Java has no optimization barrier. Operands are static fields that are not final: the just-in-time compiler does
     * not know their values, so it cannot combine the constants of several steps.
     */
    static long zero = 0;
    static long multiplier = 6364136223846793005L;
    static long increment = 1442695040888963407L;
    static double decay = 0.999;
    static double growth = 0.001;

    static volatile Chains end;

    /**
     * Adds {@code count} unsigned numbers from {@code lower} on, in blocks that are too short to overflow 64 bits:
     * {@code length * largest} is below 2^64.
     */
    static BigInteger sum(long lower, long count) {
        if (count == 0) return BigInteger.ZERO;
        long largest = lower + count - 1;
        long length = largest == 0 ? 1 : Long.divideUnsigned(-1, largest);
        BigInteger total = BigInteger.ZERO;
        while (count != 0) {
            long block = Long.compareUnsigned(count, length) < 0 ? count : length;
            total = total.add(new BigInteger(Long.toUnsignedString(sumOfBlock(lower, lower + block))));
            lower += block;
            count -= block;
        }
        return total;
    }

    static long sumOfBlock(long lower, long upper) {
        long mask = zero;
        long sum = 0;
        for (long number = lower; number != upper; number++) {
            sum += number ^ mask;
        }
        return sum;
    }

    /** Returns the first number of part {@code index} of {@code parts} of the numbers below {@code count}. */
    static long start(int index, int parts, long count) {
        long remainder = Long.remainderUnsigned(count, parts);
        return Long.divideUnsigned(count, parts) * index + Math.min(index, remainder);
    }

    static BigInteger sumOfNumbersUpTo(long n, int workers) {
        int chunks = workers * CHUNKS_PER_WORKER;
        return IntStream.range(0, chunks).parallel().mapToObj(chunk -> {
            long lower = start(chunk, chunks, n + 1);
            return sum(lower, start(chunk + 1, chunks, n + 1) - lower);
        }).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /**
     * Four chains of integers and four of fractions, with a multiplication and an addition per step. A batch is a method
     * of its own because the compiler optimizes a method that is called often better than one long loop.
     */
    static final class Chains {
        static final int STEPS = 4096, OPERATIONS_PER_STEP = 16;

        long a = 1, b = 2, c = 3, d = 4;
        double w = 0.1, x = 0.2, y = 0.3, z = 0.4;

        void runBatch() {
            long a = this.a, b = this.b, c = this.c, d = this.d, m = multiplier, n = increment;
            double w = this.w, x = this.x, y = this.y, z = this.z, f = decay, g = growth;
            for (int step = 0; step < STEPS; step++) {
                a = a * m + n;
                b = b * m + n;
                c = c * m + n;
                d = d * m + n;
                w = w * f + g;
                x = x * f + g;
                y = y * f + g;
                z = z * f + g;
            }
            this.a = a;
            this.b = b;
            this.c = c;
            this.d = d;
            this.w = w;
            this.x = x;
            this.y = y;
            this.z = z;
        }
    }

    static long operationsUntil(long deadline) {
        Chains chains = new Chains();
        long operations = 0;
        while (System.nanoTime() - deadline < 0) {
            chains.runBatch();
            operations += Chains.STEPS * Chains.OPERATIONS_PER_STEP;
        }
        end = chains; // a visible use of the chains, so that the compiler keeps them
        return operations;
    }

    /** Runs a stream in a pool of its own, because the common pool always has one thread per CPU. */
    static <Result> Result inPool(int workers, Callable<Result> stream) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(workers);
        try {
            return pool.submit(stream).get();
        } finally {
            pool.shutdown();
        }
    }

    static <Value> Value read(Map<String, String> values, String option, Function<String, Value> parser) {
        String text = values.get(option);
        if (text == null) throw new IllegalArgumentException("missing option: " + option);
        try {
            return parser.apply(text);
        } catch (NumberFormatException error) {
            throw new IllegalArgumentException("invalid value for " + option + ": '" + text + "' (expected a number)");
        }
    }

    static void run(String[] arguments) throws Exception {
        String workload = arguments.length > 0 ? arguments[0] : "";
        if (!Set.of("sum", "stress").contains(workload)) throw new IllegalArgumentException("missing workload (expected sum or stress)");
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String option = arguments[i];
            if (option.equals("--json")) continue; // the only output format
            if (!Set.of("--workers", workload.equals("sum") ? "--upto" : "--seconds").contains(option))
                throw new IllegalArgumentException("unknown option of " + workload + ": '" + option + "'");
            if (++i == arguments.length) throw new IllegalArgumentException("missing value for " + option);
            values.put(option, arguments[i]);
        }
        int workers = read(values, "--workers", Integer::parseInt);
        if (workers < 1 || workers > MAXIMUM_WORKERS)
            throw new IllegalArgumentException("invalid value for --workers: " + workers
                + " (expected a whole number from 1 to " + MAXIMUM_WORKERS + ")");

        String extent;
        Object result;
        long start = System.nanoTime();
        if (workload.equals("sum")) {
            long n = read(values, "--upto", Long::parseUnsignedLong);
            if (n == -1) throw new IllegalArgumentException("invalid value for --upto (expected at most 2^64 - 2)");
            extent = "\"upTo\":" + Long.toUnsignedString(n);
            result = inPool(workers, () -> sumOfNumbersUpTo(n, workers));
        } else {
            long duration = Math.round(read(values, "--seconds", Double::parseDouble) * 1e9);
            if (duration <= 0 || duration > 86_400_000_000_000L)
                throw new IllegalArgumentException("invalid value for --seconds (expected seconds above 0, up to 86400)");
            extent = "\"duration\":" + duration;
            result = inPool(workers, () -> IntStream.range(0, workers).parallel()
                .mapToLong(worker -> operationsUntil(start + duration)).sum());
        }
        long region = System.nanoTime() - start;
        System.out.println("{\"schema\":\"scaleup.trial/1\",\"model\":\"java\",\"workload\":\"" + workload
            + "\",\"kernel\":\"scalar\",\"workers\":" + workers + "," + extent + ",\"result\":\"" + result
            + "\",\"region\":" + region + "}");
    }

    public static void main(String[] arguments) throws Exception {
        try {
            run(arguments);
        } catch (IllegalArgumentException error) {
            System.err.println("java: " + error.getMessage());
            System.exit(64);
        }
    }
}
