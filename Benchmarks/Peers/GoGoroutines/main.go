// The work of the Swift models as a Go programmer would write it with goroutines.
//
//	go sum|stress --workers P --json [--upto N | --seconds S]
//	go serve --workers P --json --port N [--address A]
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/big"
	"math/bits"
	"os"
	"time"
)

const maximumWorkers = 4096

// uint128 is an exact total. A big.Int per block would be slow if blocks are short.
type uint128 struct{ high, low uint64 }

func (total *uint128) add(part uint128) {
	var carry uint64
	total.low, carry = bits.Add64(total.low, part.low, 0)
	total.high, _ = bits.Add64(total.high, part.high, carry)
}

func (total uint128) String() string {
	value := new(big.Int).SetUint64(total.high)
	value.Lsh(value, 64)
	return value.Add(value, new(big.Int).SetUint64(total.low)).String()
}

// sum adds the numbers from lower up to, not including, upper, in blocks that are too short to overflow 64 bits:
// length * largest is below 2^64. Go needs no barrier: its compiler neither replaces loops by formulas nor vectorizes
// them.
func sum(lower, upper uint64) (total uint128) {
	length := uint64(math.MaxUint64)
	if upper > 2 {
		length /= upper - 1
	}
	for lower < upper {
		end := upper
		if upper-lower > length {
			end = lower + length
		}
		var block uint64
		for number := lower; number < end; number++ {
			block += number
		}
		total.add(uint128{low: block})
		lower = end
	}
	return total
}

// operationsUntil counts operations on four chains of integers and four of fractions, with a multiplication and
// an addition per step. The ends of the chains are used, without changing the total, so that the compiler keeps them.
func operationsUntil(deadline time.Time) (total uint128) {
	const steps, operationsPerStep = 4096, 16
	const multiplier, increment = 6364136223846793005, 1442695040888963407
	const decay, growth = 0.999, 0.001
	var a, b, c, d uint64 = 1, 2, 3, 4
	w, x, y, z := 0.1, 0.2, 0.3, 0.4
	for time.Now().Before(deadline) {
		for step := 0; step < steps; step++ {
			a = a*multiplier + increment
			b = b*multiplier + increment
			c = c*multiplier + increment
			d = d*multiplier + increment
			// The conversions prevent a fused multiplication and addition.
			w = float64(w*decay) + growth
			x = float64(x*decay) + growth
			y = float64(y*decay) + growth
			z = float64(z*decay) + growth
		}
		total.add(uint128{low: steps * operationsPerStep})
	}
	if w+x+y+z > 1e9 {
		total.add(uint128{low: a ^ b ^ c ^ d})
	}
	return total
}

// part returns the worker's part of the numbers below count. The first parts have one number of the remainder each.
func part(worker, workers, count uint64) (lower, upper uint64) {
	start := func(worker uint64) uint64 {
		start := count / workers * worker
		if worker < count%workers {
			return start + worker
		}
		return start + count%workers
	}
	return start(worker), start(worker + 1)
}

func run(arguments []string) error {
	if len(arguments) == 0 {
		return errors.New("missing workload (expected sum, stress or serve)")
	}
	if arguments[0] == "serve" {
		return serve(arguments[1:])
	}
	workload := arguments[0]
	options := flag.NewFlagSet("go", flag.ContinueOnError)
	options.SetOutput(io.Discard)
	options.Bool("json", true, "the only output format")
	workers := options.Uint64("workers", 0, "")
	upTo := options.Uint64("upto", math.MaxUint64, "")
	seconds := options.Float64("seconds", 0, "")
	if err := options.Parse(arguments[1:]); err != nil {
		return err
	}
	if options.NArg() > 0 {
		return fmt.Errorf("unexpected argument: %s", options.Arg(0))
	}
	if *workers < 1 || *workers > maximumWorkers {
		return fmt.Errorf("invalid value for --workers: %d (expected a whole number from 1 to %d)", *workers, maximumWorkers)
	}
	var work func(worker uint64) uint128
	var extent string
	start := time.Now()
	switch {
	case workload == "sum" && *upTo < math.MaxUint64 && *seconds == 0:
		extent = fmt.Sprintf(`"upTo":%d`, *upTo)
		work = func(worker uint64) uint128 { return sum(part(worker, *workers, *upTo+1)) }
	case workload == "stress" && *seconds > 0 && *seconds <= 86400 && *upTo == math.MaxUint64:
		duration := time.Duration(math.Round(*seconds * 1e9))
		extent = fmt.Sprintf(`"duration":%d`, duration)
		deadline := start.Add(duration)
		work = func(uint64) uint128 { return operationsUntil(deadline) }
	default:
		return errors.New("expected sum --upto N, or stress --seconds S (up to 86400)")
	}

	parts := make(chan uint128)
	for worker := uint64(0); worker < *workers; worker++ {
		go func(worker uint64) { parts <- work(worker) }(worker)
	}
	var total uint128
	for worker := uint64(0); worker < *workers; worker++ {
		total.add(<-parts)
	}
	region := time.Since(start)

	fmt.Printf(`{"schema":"scaleup.trial/1","model":"go","workload":"%s","kernel":"scalar","workers":%d,%s,`+
		`"result":"%s","region":%d}`+"\n", workload, *workers, extent, total, region.Nanoseconds())
	return nil
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "go:", err)
		os.Exit(64)
	}
}
