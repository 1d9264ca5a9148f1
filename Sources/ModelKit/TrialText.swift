/// Returns a trial as text for people.
func text(of record: TrialRecord) -> String {
  // A kernel named after its instruction set is shown once.
  let set = record.instructionSet == record.kernel ? nil : record.instructionSet
  let model = [record.model, record.kernel, set, scheduleText(of: record)].compactMap(\.self)
  var lines = [
    "\(([record.workload, record.operation].compactMap(\.self) + [extent(of: record)]).joined(separator: " ")), \(Readable.count(record.workers ?? 1, "worker")) "
      + "(\(model.joined(separator: ", ")))",
    "result  \(record.result)" + (isChecked(record) ? ", checked" : ""),
    "region  \(Readable.duration(nanoseconds: Double(record.region)))"
      + (record.regions == nil ? "" : " (the last)") + (hasRate(record) ? ", \(rate(of: record))" : ""),
  ]
  lines += record.regions.map { [text(ofRegions: $0)] } ?? []
  if let shares = record.shares {
    let part =
      record.size != nil
      ? ["elements"]
      : record.upTo == nil ? ["operations"] : record.grain == nil ? ["range"] : ["numbers", "chunks"]
    let heading = ["worker"] + part + ["begin", "end", "CPU time", "core"]
    lines += [""] + Readable.columns([heading] + shares.map(row))
  }
  if let restarts = record.restarts { lines += [""] + restarts.map(text) }
  return lines.map { $0 + "\n" }.joined()
}

private func isChecked(_ record: TrialRecord) -> Bool {
  record.upTo.flatMap { KnownAnswer.result(of: record.workload ?? "", upTo: $0) } != nil
}

/// Returns whether the record has a rate: a workload without a result has none.
private func hasRate(_ record: TrialRecord) -> Bool {
  record.result.value > 0 || record.upTo == 0
}

private func scheduleText(of record: TrialRecord) -> String? {
  guard let schedule = record.schedule, let grain = record.grain else { return nil }
  let least = schedule == Schedule.Kind.guided.rawValue ? "at least " : ""
  return "\(schedule) chunks of \(least)\(Readable.round(grain))"
}

private func extent(of record: TrialRecord) -> String {
  if let size = record.size, let upTo = record.upTo {
    let passes = (Double(upTo) + 1) / Double(size / 8)
    return "\(Readable.fixed(passes, decimals: 1)) times through 3 arrays of \(Readable.memory(bytes: size))"
  }
  if let upTo = record.upTo { return "0…\(Readable.round(upTo))" }
  let time = Readable.duration(nanoseconds: Double(record.duration ?? 0))
  return "for \(time) at a load of \(record.load ?? 100) %"
}

private func rate(of record: TrialRecord) -> String {
  if let rate = record.bandwidth { return Readable.bandwidth(bytesPerSecond: rate) }
  let done = record.upTo.map { Double($0) + 1 } ?? Double(record.result.value)
  let unit = record.upTo == nil ? "operations" : "numbers"
  return "\(Readable.large(done / Double(max(1, record.region)) * 1e9)) \(unit)/s"
}

/// Returns the time of the first region, and the minimum, median and maximum of the others.
private func text(ofRegions regions: [UInt64]) -> String {
  let later = regions.dropFirst().sorted()
  let picked = [regions[0], later[0], later[later.count / 2], later[later.count - 1]]
  let times = picked.map { Readable.duration(nanoseconds: Double($0)) }
  return
    "first   \(times[0]); \(Readable.count(later.count, "other")): min \(times[1]), median \(times[2]), max \(times[3])"
}

/// Returns a line about a replaced worker and its lost work.
private func text(of restart: Restart) -> String {
  let times = [restart.at, restart.lost].map { Readable.duration(nanoseconds: Double($0)) }
  return
    "restart: worker \(restart.worker) \(Readable.line(restart.cause)) \(times[0]) into region \(restart.region) "
    + "(\(times[1]) of work lost)"
}

private func row(of share: Share) -> [String] {
  let range = share.range.map { "\($0.lower)..<\($0.upper)" } ?? "\(share.result)"
  let part = share.chunks.map { ["\(share.numbers ?? 0)", "\($0)"] } ?? [range]
  let times = [share.begin, share.end, share.cpuTime].map { Readable.duration(nanoseconds: Double($0)) }
  return ["\(share.worker)"] + part + times + [share.core.map(String.init) ?? "-"]
}
