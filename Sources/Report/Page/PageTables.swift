import Analysis
import Formatting
import Records

/// Tables of the page.
extension Table {
  /// Returns the table in a frame that scrolls if it is too wide. The script makes it sortable.
  ///
  /// - Parameter isStacked: Whether each row is a block with the titles of its cells on a narrow screen.
  func element(label: String, isStacked: Bool = false) -> Markup {
    scrolling(
      label: label, isStacked: isStacked,
      .element(
        "table", ["class": "sortable"],
        [
          .element("caption", [:], Readable.line(label)),
          .element(
            "thead", [:],
            [
              .element(
                "tr", [:],
                columns.map { .element("th", ["scope": "col", "class": $0.isText ? "text" : nil], $0.title) })
            ]),
          .element(
            "tbody", [:],
            wholeRows.map { row in
              .element("tr", [:], row.enumerated().map { cell($0, $1, isTitled: isStacked) })
            }),
        ]))
  }

  /// The rows with every cell filled in, so that they can be sorted.
  private var wholeRows: [[String]] {
    if !isGrouped { return rows }
    return rows.reduce(into: []) { whole, row in
      whole.append(
        row.enumerated().map { column, cell in cell.isEmpty ? whole.last?[column] ?? "" : cell })
    }
  }

  /// Returns a cell; the first of a row is its heading.
  private func cell(_ column: Int, _ text: String, isTitled: Bool) -> Markup {
    let text = Readable.line(text, limit: 1000)
    if column == 0 { return .element("th", ["scope": "row"], text) }
    return .element(
      "td",
      ["class": columns[column].isText ? "text" : nil, "data-title": isTitled ? columns[column].title : nil],
      text)
  }
}

/// Returns a frame that scrolls sideways, also with the keyboard.
private func scrolling(label: String, isStacked: Bool = false, _ table: Markup) -> Markup {
  .element(
    "div",
    [
      "class": isStacked ? "scroll stacked" : "scroll", "tabindex": "0", "role": "region",
      "aria-label": Readable.line(label),
    ],
    [table])
}

/// Returns the table of the machines: a row per fact, and a column per machine.
func machineTable(of runs: [RunRecord]) -> Markup {
  let machines = runs.map { run in
    Dictionary(
      grouping: machineFacts(of: run.passport, host: run.host, countersReason: run.countersReason), by: \.name
    )
  }
  let names = runs.flatMap {
    machineFacts(of: $0.passport, host: $0.host, countersReason: $0.countersReason).map(\.name)
  }
  var seen: Set<String> = []
  let rows = names.filter { seen.insert($0).inserted }.map { name in
    let cells = machines.map { facts in
      let lines = (facts[name] ?? []).map { Markup.element("div", [:], $0.value) }
      let content = lines.isEmpty ? [.text("-")] : lines
      return name == "host" ? .element("th", ["scope": "col"], content) : Markup.element("td", [:], content)
    }
    return Markup.element("tr", [:], [.element("th", ["scope": "row"], name)] + cells)
  }
  let label = runs.count > 1 ? "the machines" : "the machine"
  return scrolling(
    label: label,
    .element(
      "table", ["class": "facts"],
      [
        .element("caption", [:], label), .element("thead", [:], Array(rows.prefix(1))),
        .element("tbody", [:], Array(rows.dropFirst())),
      ]))
}

extension Table {
  /// Makes a table of every trial of a run, including warm-ups and failures.
  init(trialsOf run: RunRecord) {
    let hasEnergy = run.trials.contains { $0.process?.activity?.energy != nil }
    let hasServers = run.plan.configurations.contains { $0.traffic != nil }
    let titles =
      [
        "workload", "model", "kernel", "workers", "schedule", "placement", "round", "region", "wall", "user",
        "system",
        "voluntary switches", "involuntary switches", "page faults", "peak memory",
      ] + (hasServers ? ["CPU/request", "p99"] : []) + (hasEnergy ? ["energy", "memory energy"] : []) + [
        "note"
      ]
    let configurations = run.plan.configurations
    columns = titles.map { Column($0) }
    rows = run.trials.compactMap { trial in
      guard configurations.indices.contains(trial.configuration) else { return nil }
      let configuration = configurations[trial.configuration]
      let cells =
        Self.cells(of: trial, configuration)
        + (hasServers ? Self.serviceCells(of: trial, configuration, in: run) : [])
        + (hasEnergy ? Self.energies(of: trial) : [])
        + [trial.failure ?? (trial.warmUp ? "warm-up" : nil)]
      return cells.map { $0 ?? "-" }
    }
  }

  private static func cells(of trial: Trial, _ configuration: Configuration) -> [String?] {
    let (process, report) = (trial.process, trial.report)
    func time(_ nanoseconds: UInt64?) -> String? {
      nanoseconds.map { Readable.duration(nanoseconds: Double($0)) }
    }
    return [
      configuration.workName, configuration.model, configuration.kernel, "\(configuration.workers)",
      configuration.schedule, configuration.placement, "\(trial.round)", time(report?.region),
      time(process?.wall),
      time(process?.userTime), time(process?.systemTime),
      process.map { "\($0.voluntaryContextSwitches)" }, process.map { "\($0.involuntaryContextSwitches)" },
      process.map { "\($0.minorPageFaults)" }, report?.largestPeakMemory.map { Readable.memory(bytes: $0) },
    ]
  }

  /// Returns the CPU time per request and the 99th percentile of the latencies; `nil` for any workload but `serve`.
  private static func serviceCells(
    of trial: Trial, _ configuration: Configuration, in run: RunRecord
  ) -> [String?] {
    let times = [
      MeasuredTrial(counting: trial, of: configuration, in: run).flatMap {
        configuration.traffic == nil ? nil : $0.time
      },
      trial.report?.traffic?.latency.time(atPercentile: 99).map { Double($0) },
    ]
    return times.map { $0.map { Readable.duration(nanoseconds: $0) } }
  }

  /// Returns the energy of the processors, or of the whole machine, and that of memory.
  private static func energies(of trial: Trial) -> [String?] {
    let energy = trial.process?.activity?.energy
    return [energy?.processor ?? energy?.platform, energy?.memory].map { amount in
      amount.map { Readable.energy(joules: Double($0) / 1e6) }
    }
  }
}
