import Records
import TestSupport
import Testing

@testable import Report

struct LiveFrameTests {
  private func status(cores: Int, rows: Int = 12, current: Int? = 3) -> LiveStatus {
    LiveStatus(
      activity: "trial 12 of 84: sum fork 2, 0:32 left",
      cores: (0..<cores).map { .init(number: $0, utilization: Double($0 * 37 % 101) / 100) },
      rows: (0..<rows).map { row in
        let isTimed = row.isMultiple(of: 2)
        let configuration =
          isTimed
          ? Configuration(model: "fork", workload: "sum", workers: row + 1, upTo: 2_000_000_000)
          : Configuration(model: "taskgroup", workload: "stress", workers: row + 1, duration: 1_000_000_000)
        return .init(
          configuration, trials: row, median: row == 0 ? nil : Double(row) * (isTimed ? 1e8 : 1e17))
      }, current: current)
  }

  private func liveFrame(of status: LiveStatus, width: Int, height: Int, isColoured: Bool) -> [String] {
    var frame = LiveFrame()
    let lines = frame.lines(of: status, width: width, height: height, isColoured: isColoured)
    #expect(frame.lines(of: status, width: width, height: height, isColoured: isColoured) == lines)
    return lines
  }

  @Test("each bar has the number of its core")
  func numbers() {
    var status = status(cores: 0, rows: 0)
    status.cores = [.init(number: 8, utilization: 0.5), .init(number: 125, utilization: 1)]
    let lines = liveFrame(of: status, width: 30, height: 24, isColoured: false)
    #expect(lines.dropFirst() == ["  8 ██████████░░░░░░░░░░  50 %", "125 ████████████████████ 100 %"])
  }

  @Test("the live view repaints what changed")
  func changes() {
    var frame = LiveFrame()
    var status = status(cores: 2)
    for step in 0..<40 {
      switch step % 4 {
      case 0: status.cores[0] = .init(number: 0, utilization: Double(step) / 40)
      case 1: status.current = step % 12
      case 2: status.rows[step % 12] = .init(status.rows[0].configuration, trials: step, median: Double(step))
      default: status.activity = "step \(step)"
      }
      let (width, height) = (60 + step % 3, 20 + step % 5)
      #expect(
        frame.lines(of: status, width: width, height: height, isColoured: false)
          == liveFrame(of: status, width: width, height: height, isColoured: false))
    }
  }

  @Test(
    "the live view matches its golden files with 2, 16 and 128 cores in 80 by 24", arguments: [2, 16, 128])
  func golden(cores: Int) throws {
    let lines = liveFrame(of: status(cores: cores), width: 80, height: 24, isColoured: false)
    try compare(lines.map { $0 + "\n" }.joined(), "live\(cores).txt")
  }

  @Test("the live view fits any terminal, and shows the current trial and as many cores as fit")
  func sizes() {
    for width in [1, 2, 10, 20, 39, 60, 79, 200] {
      for height in [1, 2, 3, 5, 10, 23, 60] {
        for cores in [0, 1, 2, 7, 16, 64, 300] {
          let lines = liveFrame(of: status(cores: cores), width: width, height: height, isColoured: false)
          #expect((1...height).contains(lines.count))
          #expect(lines.allSatisfy { $0.count <= width })
          if width >= 39 {
            #expect(lines[0] == "trial 12 of 84: sum fork 2, 0:32 left")
            if height >= 10, cores > 0 {
              #expect(lines[1...].joined().contains { "█░▁▂▃▄▅▆▇".contains($0) })
            }
          }
        }
      }
    }
  }

  @Test("the live view shows medians if there is room, and leaves out the least important first")
  func narrow() {
    for width in 41...79 {
      let lines = liveFrame(of: status(cores: 2), width: width, height: 24, isColoured: false)
      #expect(lines.contains { $0.hasSuffix("median so far") } && lines.contains { $0.hasSuffix("200.0 ms") })
    }
  }

  @Test("the live view shows the current configuration, however few rows there are")
  func current() {
    for height in 6...20 {
      for current in 0..<40 {
        let lines = liveFrame(
          of: status(cores: 2, rows: 40, current: current), width: 80, height: height, isColoured: false)
        #expect(lines.contains { $0.hasPrefix("▸") && $0.contains(" \(current + 1) ") })
      }
    }
  }

  @Test("the live view has color codes only if color is allowed")
  func colour() {
    let plain = liveFrame(of: status(cores: 4), width: 80, height: 24, isColoured: false).joined()
    let coloured = liveFrame(of: status(cores: 4), width: 80, height: 24, isColoured: true).joined()
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.replacing("\u{1B}[36m", with: "").replacing("\u{1B}[0m", with: "") == plain)
  }

  @Test("foreign names are plain text in the live view", arguments: hostileNames)
  func hostile(name: String) {
    var status = status(cores: 1, rows: 0)
    status.activity = name
    status.rows = [
      .init(Configuration(model: name, workload: name, kernel: name, workers: 1), trials: 1, median: 1)
    ]
    let lines = liveFrame(of: status, width: 80, height: 24, isColoured: false)
    #expect(isHarmlessOnTerminal(lines.joined(separator: "\n")))
    #expect(lines.count == 5)
  }
}

struct TerminalCanvasTests {
  @Test("the canvas replaces what it painted below older text, and clears all of it")
  func painting() {
    var generator = SplitMix64(seed: 95)
    for _ in 0..<200 {
      var (screen, canvas) = (TerminalScreen(columns: 20), TerminalCanvas())
      screen.write("before\r\n")
      for _ in 0..<8 {
        let lines = (0..<Int.random(in: 1...6, using: &generator)).map { row in
          row.isMultiple(of: 3)
            ? "always \(row)" : String(repeating: "x", count: Int.random(in: 0...19, using: &generator))
        }
        screen.write(canvas.paint(lines, columns: 20))
        let shown = Array(lines.reversed().drop { $0.isEmpty }.reversed())
        #expect(screen.text == ["before"] + shown)
      }
      screen.write(canvas.clear(columns: 20))
      #expect(screen.text == ["before"])
      #expect(canvas.clear(columns: 20) == "")
      screen.write("after\r\n")
      #expect(screen.text == ["before", "after"])
    }
  }

  @Test("the canvas does not repaint an unchanged line")
  func economy() {
    var canvas = TerminalCanvas()
    _ = canvas.paint(["one", "two", "three"], columns: 80)
    let text = canvas.paint(["one", "2", "three"], columns: 80)
    #expect(!text.contains("one") && text.contains("2") && !text.contains("three"))
  }

  @Test("the canvas goes up as many lines as a narrowed terminal wrapped")
  func narrower() {
    var canvas = TerminalCanvas()
    _ = canvas.paint([String(repeating: "a", count: 70), "\u{1B}[36mbb\u{1B}[0m"], columns: 80)
    // 70 characters are two lines of 40, and codes take no place.
    #expect(canvas.paint(["c"], columns: 40).hasPrefix("\r\u{1B}[2A\u{1B}[J"))
  }
}
