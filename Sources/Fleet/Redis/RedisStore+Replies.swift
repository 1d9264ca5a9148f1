/// Replies. An error before Redis was ready ends the program; a later one ends the connection.
extension RedisStore {
  typealias Problem = RedisConnection<Command>.Problem

  mutating func handle(_ command: Command, _ reply: RedisValue) throws(Problem) {
    if case .error(let text) = reply, text.hasPrefix("LOADING") { throw .loading }
    switch command {
    case .information: try check(reply)
    case .resultsType:
      let type = try expect(reply).text
      if type != "none", type != "hash" {
        throw .unusable(.wrongType(key: address.results, expected: "hash"))
      }
    case .group: try join(reply)
    case .added(let ticket, _): noteAdded(ticket, reply)
    case .finished(let id): try noteFinished(id, reply)
    case .jobs:
      isReading = false
      try arrive(expect(reply))
    case .pending: try claim(expect(reply))
    case .claimed(let deliveries): try arrive(entries: expect(reply).elements ?? [], deliveries)
    case .backlog: entryCount = Int(clamping: try expect(reply).number ?? 0)
    case .results: resultCount = UInt64(clamping: try expect(reply).number ?? 0)
    case .result(let ticket, let id): found(ticket, id, reply)
    case .entry(let ticket, let id): found(ticket, id, entry: reply)
    // Without scripts the names of dead queues stay, which harms nobody.
    case .removal: break
    case .other: _ = try expect(reply)
    }
  }

  /// Returns a reply that is not an error.
  private func expect(_ reply: RedisValue) throws(Problem) -> RedisValue {
    guard case .error(let text) = reply else { return reply }
    throw .unusable(.refused(address: "\(address)", reason: text))
  }

  /// Checks the version in the reply to `INFO`.
  private func check(_ reply: RedisValue) throws(Problem) {
    let lines = try expect(reply).text?.split(whereSeparator: \.isNewline) ?? []
    let name = "redis_version:"
    guard let version = lines.first(where: { $0.hasPrefix(name) })?.dropFirst(name.count) else {
      throw .unusable(.notRedis(address: "\(address)", reason: "no version"))
    }
    let numbers = version.split(separator: ".").map { Int($0) ?? 0 }
    let oldest = RedisError.oldestVersion
    if (numbers.first ?? 0, numbers.dropFirst().first ?? 0) < (oldest.major, oldest.minor) {
      throw .unusable(.tooOld(address: "\(address)", version: String(version)))
    }
  }

  /// Handles the reply to `XGROUP CREATE`: the group was created, or exists.
  private mutating func join(_ reply: RedisValue) throws(Problem) {
    if case .error(let text) = reply, !text.hasPrefix("BUSYGROUP") {
      throw .unusable(
        text.hasPrefix("WRONGTYPE")
          ? .wrongType(key: address.key, expected: "stream") : .refused(address: "\(address)", reason: text))
    }
    becomeReady()
  }

  private mutating func noteAdded(_ ticket: UInt64, _ reply: RedisValue) {
    // An error is about this command: Redis has no memory left, for example.
    guard let text = reply.text, let id = JobID(text) else {
      let reason = if case .error(let text) = reply { text } else { "an unexpected reply" }
      events.append(.refused(ticket: ticket, "Redis refused: \(reason)"))
      return
    }
    noteAccepted(id)
    events.append(.accepted(ticket: ticket, id))
  }

  private mutating func noteFinished(_ id: JobID, _ reply: RedisValue) throws(Problem) {
    let isFirst = try expect(reply).number == 1
    guard let entry = unsaved.removeValue(forKey: id) else { return }
    known.remove(id)
    entryCount = max(0, entryCount - 1)
    if isFirst {
      finishedHere += 1
      resultCount += 1
    }
    events.append(.finished(id, entry.outcome, isFirst: isFirst))
  }
}

/// Jobs from the stream.
extension RedisStore {
  /// Takes the jobs in the reply to `XREADGROUP`: `nil`, or a list of one stream.
  private mutating func arrive(_ reply: RedisValue) throws(Problem) {
    guard let stream = reply.elements?.first?.elements, stream.count == 2 else { return }
    try arrive(entries: stream[1].elements ?? [], [:])
    // A whole batch: there may be more.
    if stream[1].elements?.isEmpty == false { readAgain() }
  }

  /// Takes entries of the stream: a name and fields each.
  ///
  /// - Parameter deliveries: The times that each was given out before.
  private mutating func arrive(entries: [RedisValue], _ deliveries: [JobID: Int]) throws(Problem) {
    for entry in entries {
      guard let parts = entry.elements, parts.count == 2, let id = parts[0].text.flatMap({ JobID($0) }) else {
        throw .malformed(.malformed)
      }
      if known.contains(id) { continue }
      guard let fields = parts[1].elements else {
        // The entry was deleted while it was pending.
        send(["XACK", address.key, Self.group, "\(id)"], .other)
        continue
      }
      known.insert(id)
      let path = Self.path(in: fields)
      let job = Job(
        id, path: path ?? "", acceptedAt: takeAcceptedTime(of: id), failures: deliveries[id] ?? 0)
      if let path, (try? JobPath(path)) != nil {
        events.append(.arrived(job))
      } else {
        finish(job, .failed("invalid job (expected the field path, such as /api/1000000)"))
      }
    }
  }

  private static func path(in fields: [RedisValue]) -> String? {
    let texts = fields.map(\.text)
    for place in stride(from: 0, to: texts.count - 1, by: 2) where texts[place] == field {
      return texts[place + 1]
    }
    return nil
  }

  /// Takes over the jobs in the reply to `XPENDING … IDLE` that another process has had in hand for too long.
  private mutating func claim(_ reply: RedisValue) throws(Problem) {
    var deliveries: [JobID: Int] = [:]
    for entry in reply.elements ?? [] {
      guard let parts = entry.elements, parts.count == 4, let id = parts[0].text.flatMap({ JobID($0) }) else {
        throw .malformed(.malformed)
      }
      if parts[1].text == consumer || known.contains(id) || deliveries.count >= wanted { continue }
      deliveries[id] = Int(clamping: parts[3].number ?? 0)
    }
    if deliveries.isEmpty { return }
    send(
      ["XCLAIM", address.key, Self.group, consumer, "\(claimAge / 1_000_000)"]
        + deliveries.keys.map(\.description),
      .claimed(deliveries))
  }
}

/// Jobs that clients ask for.
extension RedisStore {
  private mutating func found(_ ticket: UInt64, _ id: JobID, _ reply: RedisValue) {
    if let text = reply.text {
      events.append(.found(ticket: ticket, text))
    } else if id.description.contains("-") {
      send(["XRANGE", address.key, "\(id)", "\(id)"], .entry(ticket: ticket, id))
    } else {
      events.append(.found(ticket: ticket, nil))
    }
  }

  private mutating func found(_ ticket: UInt64, _ id: JobID, entry reply: RedisValue) {
    let fields = reply.elements?.first?.elements?.last?.elements
    let path = fields.flatMap { Self.path(in: $0) }
    events.append(.found(ticket: ticket, path.map { Job(id, path: $0).json }))
  }
}
