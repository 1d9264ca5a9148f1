/// A trial as people read it.
func account(of record: TrialRecord) -> String {
  var lines = [
    "\(record.workload ?? "") \(extent(of: record)), \(Readable.count(record.workers ?? 1, "worker")) "
      + "(\(record.model ?? ""), \(record.kernel ?? ""))",
    "result  \(record.result)" + (isChecked(record) ? ", checked against the closed form" : ""),
    "region  \(Readable.duration(nanoseconds: Double(record.region))), \(rate(of: record))",
    "",
  ]
  let shares = record.shares ?? []
  let heading = ["worker", record.upTo == nil ? "operations" : "range", "begin", "end", "CPU time", "core"]
  lines += Readable.columns([heading] + shares.map(row))
  return lines.map { $0 + "\n" }.joined()
}

private func isChecked(_ record: TrialRecord) -> Bool {
  record.upTo.flatMap { ClosedForm.result(of: record.workload ?? "", upTo: $0) } != nil
}

private func extent(of record: TrialRecord) -> String {
  if let upTo = record.upTo { return "0…\(Readable.round(upTo))" }
  let time = Readable.duration(nanoseconds: Double(record.duration ?? 0))
  return "for \(time) at a load of \(record.load ?? 100) %"
}

private func rate(of record: TrialRecord) -> String {
  let done = record.upTo.map { Double($0) + 1 } ?? Double(record.result.value)
  let unit = record.upTo == nil ? "operations" : "numbers"
  return "\(Readable.large(done / Double(max(1, record.region)) * 1e9)) \(unit)/s"
}

private func row(of share: Share) -> [String] {
  let part = share.range.map { "\($0.lower)..<\($0.upper)" } ?? "\(share.result)"
  let times = [share.begin, share.end, share.cpuTime].map { Readable.duration(nanoseconds: Double($0)) }
  return ["\(share.worker)", part] + times + [share.core.map(String.init) ?? "-"]
}
