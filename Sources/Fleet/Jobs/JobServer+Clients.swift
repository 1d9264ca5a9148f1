import HTTP
import Platform
import Records

/// Requests of clients.
extension JobServer {
  /// Returns the function that answers the requests of a client.
  func answering(_ token: UInt64) -> (Request, RawSpan, [UInt8], inout [UInt8]) -> JobClient.Reply {
    { request, bytes, body, output in
      self.answer(JobRoute(request, in: bytes, body: body), to: request, of: token, into: &output)
    }
  }

  /// Ends a connection that is over, or watches it for the events that it needs.
  func settle(_ client: JobClient) {
    if client.isOver {
      clients[client.token] = nil
      return
    }
    let needed = client.neededInterest
    if needed == client.interest { return }
    client.interest = needed
    do throws(SystemError) {
      try events.change(client.descriptor, as: client.token, to: needed)
    } catch {
      clients[client.token] = nil
    }
  }

  /// Answers a client whose request waited.
  ///
  /// - Parameter ticket: The number of its connection. The client may have gone.
  func answerLater(_ ticket: UInt64, _ reply: (Request, inout [UInt8]) -> Void) {
    guard let client = clients[ticket] else { return }
    client.answerLater(at: now, reply, others: answering(ticket))
    settle(client)
  }

  private func answer(
    _ route: JobRoute, to request: Request, of token: UInt64, into output: inout [UInt8]
  ) -> JobClient.Reply {
    switch route {
    case .accept(let path):
      requests += 1
      if jobs.unfinished + store.elsewhere.waiting + unanswered >= settings.mostUnfinished {
        refused += 1
        refuse("the queue is full: \(settings.mostUnfinished) jobs are not finished", request, into: &output)
        return .now
      }
      unanswered += 1
      store.accept(path.text, ticket: token)
      return .later
    case .job(let id):
      guard let job = jobs[id] else {
        store.find(id, ticket: token)
        return .later
      }
      append(.ok, job.json, Self.json, to: request, into: &output)
    case .counts: append(.ok, counts, Self.json, to: request, into: &output)
    case .health: append(.ok, "ok", to: request, into: &output)
    case .index:
      append(
        .ok, "scaleup jobs: POST /jobs, GET /jobs, /jobs/ID and /healthcheck", to: request, into: &output)
    case .failure(let status, let reason, let allowed):
      append(
        status, reason, allowed.map { Self.headers(["Allow": $0]) } ?? Self.text, to: request, into: &output)
    }
    return .now
  }

  private var counts: String {
    let elsewhere = store.elsewhere
    return "{\"waiting\":\(jobs.waiting + elsewhere.waiting),\"running\":\(jobs.running),"
      + "\"done\":\(jobs.done + elsewhere.finished),\"failed\":\(jobs.failed),"
      + "\"redelivered\":\(jobs.redelivered),\"wrongAnswers\":\(wrongAnswers)}"
  }
}

/// Answers.
extension JobServer {
  /// Appends the answer to a job that is durable: its address.
  func accept(_ id: JobID, _ request: Request, into output: inout [UInt8]) {
    let address = "/jobs/\(id)"
    append(.accepted, address, Self.headers(["Location": address]), to: request, into: &output)
  }

  /// Appends the answer to a request that is to be sent again later.
  func refuse(_ reason: String, _ request: Request, into output: inout [UInt8]) {
    append(
      .serviceUnavailable, reason, Self.headers(["Retry-After": "1"]), to: request, into: &output)
  }

  /// Appends the description of a job; `nil` means that there is none.
  func describe(_ json: String?, _ request: Request, into output: inout [UInt8]) {
    if let json {
      append(.ok, json, Self.json, to: request, into: &output)
    } else {
      append(
        .notFound, "no such job, or it was finished and forgotten", to: request, into: &output)
    }
  }

  private static let text = headers(["Content-Type": "text/plain; charset=utf-8"], isText: false)
  private static let json = headers(["Content-Type": "application/json"], isText: false)

  /// Returns headers whose values are printable ASCII.
  private static func headers(_ fields: KeyValuePairs<String, String>, isText: Bool = true) -> HeaderBlock {
    var block = (try? HeaderBlock(fields)) ?? HeaderBlock()
    if isText { try? block.append("Content-Type", "text/plain; charset=utf-8") }
    return block
  }

  private func append(
    _ status: Status, _ line: String, _ headers: HeaderBlock = JobServer.text, to request: Request,
    into output: inout [UInt8]
  ) {
    let body = Array((line + "\n").utf8)
    writer.append(status, headers: headers, body: body.span.bytes, to: request, into: &output)
  }
}
