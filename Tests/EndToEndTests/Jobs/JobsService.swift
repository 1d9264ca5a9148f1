import Foundation
import TestSupport
import Testing

/// A queue of jobs as its clients see it.
protocol JobsService {
  /// The port that clients use.
  var jobsPort: Int { get throws }
}

/// A job as the queue describes it.
struct JobDescription: Decodable {
  let id, path, state: String
  let attempts: Int
  let result, reason, instance: String?
}

extension JobsService {
  func client() throws -> HTTPClient {
    try #require(try HTTPClient(port: jobsPort), "the connection was refused")
  }

  /// Puts a job into the queue, and returns the answer.
  func post(_ path: String, over client: HTTPClient? = nil) throws -> HTTPAnswer {
    let client = try client ?? self.client()
    try client.send(Self.request(path))
    return try client.answer(to: "POST")
  }

  /// Puts a job into the queue, and returns its address.
  func accepted(_ path: String, over client: HTTPClient? = nil) throws -> String {
    try #require(try post(path, over: client)["Location"])
  }

  /// The request that puts a job into the queue.
  static func request(_ path: String) -> String {
    "POST /jobs HTTP/1.1\r\nHost: test\r\nContent-Length: \(path.utf8.count)\r\n\r\n\(path)"
  }

  /// Returns a job.
  func job(_ address: String, over client: HTTPClient? = nil) throws -> JobDescription {
    let answer = try (client ?? self.client()).get(address)
    try #require(answer.status == 200, "\(address): \(answer.status) \(answer.body)")
    return try JSONDecoder().decode(JobDescription.self, from: Data(answer.body.utf8))
  }

  /// Waits until no job waits or runs.
  func waitUntilIdle() throws {
    try waitUntil("all jobs are finished") {
      try client().get("/jobs").body.hasPrefix("{\"waiting\":0,\"running\":0,")
    }
  }

  /// Checks that each job is done, with the right sum.
  func expectDone(_ jobs: [String: UInt64], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let client = try client()
    for (address, number) in jobs {
      let job = try job(address, over: client)
      let sum = "\(number * (number + 1) / 2)"
      #expect(
        job.state == "done" && job.result == sum, "\(address) of \(number): \(job)",
        sourceLocation: sourceLocation)
    }
  }
}
