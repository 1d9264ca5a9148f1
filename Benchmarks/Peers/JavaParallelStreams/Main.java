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

    /** Chunks of a sum for each worker, so that a worker that is done can take some of the others'. */
    static final int CHUNKS_PER_WORKER = 16;

    /*
     * Java has no optimisation barrier. The just-in-time compiler does know constants, but not what a static
     * field that is not final will hold: so it cannot gather the constants of several steps into one.
     */
    static long zero = 0;
    static long multiplier = 6364136223846793005L;
    static long increment = 1442695040888963407L;
    static double decay = 0.999;
    static double growth = 0.001;

    static volatile Chains end;

    /**
     * Adds {@code count} unsigned numbers from {@code lower} on, in blocks that are too short to overflow 64
     * bits: {@code length * largest} is below 2^64.
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

    /** The number before which part {@code index} of {@code parts} of the {@code count} numbers begins. */
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
     * Four chains of integers and four of fractions, with a multiplication and an addition each a step. A batch is
     * a method of its own because the compiler does better with one that is called often than with a long loop.
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
        end = chains; // whoever could look there would see the chains' ends, so they are not left out
        return operations;
    }

    /** Runs a stream in a pool of its own, because the common one always has a thread a CPU. */
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
        if (text == null) throw new IllegalArgumentException(option + " is missing");
        try {
            return parser.apply(text);
        } catch (NumberFormatException error) {
            throw new IllegalArgumentException(option + " takes a number, not '" + text + "'");
        }
    }

    static void run(String[] arguments) throws Exception {
        String workload = arguments.length > 0 ? arguments[0] : "";
        if (!Set.of("sum", "stress").contains(workload)) throw new IllegalArgumentException("say sum or stress first");
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String option = arguments[i];
            if (option.equals("--json")) continue; // there is no other output
            if (!Set.of("--workers", workload.equals("sum") ? "--upto" : "--seconds").contains(option))
                throw new IllegalArgumentException(workload + " has no option '" + option + "'");
            if (++i == arguments.length) throw new IllegalArgumentException(option + " needs a value");
            values.put(option, arguments[i]);
        }
        int workers = read(values, "--workers", Integer::parseInt);
        if (workers < 1 || workers > MAXIMUM_WORKERS)
            throw new IllegalArgumentException("--workers takes a number from 1 to " + MAXIMUM_WORKERS);

        String extent;
        Object result;
        long start = System.nanoTime();
        if (workload.equals("sum")) {
            long n = read(values, "--upto", Long::parseUnsignedLong);
            if (n == -1) throw new IllegalArgumentException("--upto takes a number up to 2^64 - 2");
            extent = "\"upTo\":" + Long.toUnsignedString(n);
            result = inPool(workers, () -> sumOfNumbersUpTo(n, workers));
        } else {
            long duration = Math.round(read(values, "--seconds", Double::parseDouble) * 1e9);
            if (duration <= 0 || duration > 86_400_000_000_000L)
                throw new IllegalArgumentException("--seconds takes a number above 0, up to 86400");
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
