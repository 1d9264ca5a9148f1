import Records
import TestSupport
import Testing

@testable import Analysis
@testable import Report

struct DrawingTests {
  @Test("axes have a few round numbers, whatever was measured")
  func ticks() {
    var numbers = SplitMix64(seed: 7)
    for kind in [Axis.Kind.linear, .logarithmic] {
      for _ in 0..<2000 {
        let lower =
          kind == .linear ? 0 : Double(numbers.next() >> UInt64.random(in: 0..<64, using: &numbers)) + 0.001
        let span = Double(numbers.next() >> UInt64.random(in: 0..<64, using: &numbers)) + 0.001
        let upper = lower + max(span, lower / 100)
        let axis = Axis(kind, from: lower, to: upper, start: 40, end: 400)
        let ticks = axis.ticks(about: 6)
        #expect(
          ticks.count <= 7 && (kind == .logarithmic || ticks.count >= 3), "\(lower) to \(upper): \(ticks)")
        #expect(ticks == ticks.sorted() && ticks.allSatisfy { $0 >= lower * 0.999 && $0 <= upper * 1.001 })
        #expect(axis.place(lower) == 40 && axis.place(upper) == 400)
        let places = ticks.map(axis.place)
        #expect(places == places.sorted() && places.allSatisfy { (40...400).contains($0) })
      }
    }
  }

  @Test("axes have their known numbers")
  func knownTicks() {
    #expect(Axis(from: 0, to: 1.02, start: 0, end: 1).ticks(about: 5) == [0, 0.5, 1])
    #expect(Axis(from: 0, to: 64, start: 0, end: 1).ticks(about: 5) == [0, 20, 40, 60])
    #expect(Axis(.logarithmic, from: 2, to: 60, start: 0, end: 1).ticks(about: 6) == [2, 5, 10, 20, 50])
    #expect(
      Axis(.logarithmic, from: 2, to: 2e6, start: 0, end: 1).ticks(about: 6) == [
        1e1, 1e2, 1e3, 1e4, 1e5, 1e6,
      ])
  }

  @Test("names above a plot are moved apart, stay in the drawing and keep their order")
  func namesAbovePlot() {
    let texts = ["8 performance cores", "24 cores", "32 cores"]
    for places in [[145.0, 206, 216], [3, 4, 5], [390, 391, 392], [70, 200, 350]] {
      let middles = TextWidth.middles(of: texts, at: places, size: 11)
      let halves = texts.map { TextWidth.of($0, size: 11) / 2 }
      for (middle, half) in zip(middles, halves) {
        #expect(middle - half > 0 && middle + half <= Drawing.width)
      }
      for index in 1..<3 {
        #expect(
          middles[index] - halves[index] > middles[index - 1] + halves[index - 1], "\(places): \(middles)")
      }
    }
    #expect(TextWidth.middles(of: texts, at: [70, 200, 350], size: 11) == [70, 200, 350])
  }

  @Test("labels move apart in order, and no farther than there is room")
  func spreading() {
    var numbers = SplitMix64(seed: 11)
    for count in 0...15 {
      let places = (0..<count).map { _ in Double.random(in: 50...300, using: &numbers) }.sorted()
      let moved = spread(places, apart: 16, in: 50...300)
      #expect(zip(moved, moved.dropFirst()).allSatisfy { $1 - $0 >= 16 - 1e-9 })
      for (position, (place, moved)) in zip(places, moved).enumerated() {
        #expect(moved <= 300 && moved >= min(place, 300 - 16 * Double(count - 1 - position)) - 1e-9)
      }
    }
    #expect(spread([60, 100], apart: 16, in: 50...300) == [60, 100])
  }

  @Test("texts are cut to the available room")
  func fitting() {
    #expect(TextWidth.fit("taskgroup", into: 100) == "taskgroup")
    let cut = TextWidth.fit("a name that is very long", into: 60)
    #expect(cut.hasSuffix("…") && cut.hasPrefix("a na") && TextWidth.of(cut) <= 60)
    #expect(TextWidth.of("名前") > TextWidth.of("ab"))
  }

  @Test("trailing zeros are left out")
  func zeros() {
    let texts = [
      "200.0 ms": "200 ms", "1.500 s": "1.5 s", "20.00·10^9": "20·10^9", "0.50": "0.5", "100": "100",
    ]
    for (text, short) in texts { #expect(trimmed(text) == short) }
  }

  @Test("losses stack without gaps, gains lie left of zero, and every bar is drawn")
  func stacking() throws {
    let run = pictureRun(cores: 16)
    let table = try #require(RunAnalysis(run).workloads.first)
    let losses = table.rows.compactMap(\.losses)
    let rows = table.lossChart(on: nil).rows
    #expect(rows.count == losses.count && rows.count > 8)
    #expect(losses.contains { $0.parts[.slowDown] ?? 0 < 0 })
    for (row, losses) in zip(rows, losses) {
      var (least, most) = (0.0, 0.0)
      #expect(row.marks.count == 5)
      for mark in row.marks {
        guard case .bar(let from, let to) = mark.shape else { continue }
        #expect(from == (to < from ? least : most))
        (least, most) = (min(least, to), max(most, to))
      }
      #expect(abs(least + most - losses.lost / losses.coreTime) < 1e-9)
    }
  }

  @Test("speedups have intervals from five rounds on")
  func intervals() throws {
    for (rounds, count) in [(4, 0), (5, 1)] {
      let table = try #require(RunAnalysis(pictureRun(cores: 4, rounds: rounds)).workloads.first)
      let rows = table.rows.filter { $0.configuration.kernel == "scalar" }
      let scale = KernelScale(table, "scalar", rows, table.seriesStyles, place: nil)
      let chart = scale.speedupChart(on: CoreShape(cpus: 4))
      let measures = chart.series.flatMap(\.measures)
      #expect(measures.count == 8)
      for measure in measures {
        #expect((measure.interval == nil) == (count == 0))
        if let interval = measure.interval {
          #expect(interval.lower <= measure.value && measure.value <= interval.upper)
        }
      }
      // More workers than CPUs cannot be faster than the CPUs.
      #expect(chart.ideal.map(\.value) == [0, 4, 4] && chart.ideal.map(\.workers) == [0, 4, 5])
    }
  }
}
