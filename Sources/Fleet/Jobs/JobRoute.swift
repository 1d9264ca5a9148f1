import HTTP

/// The request of a client to a queue of jobs.
enum JobRoute: Equatable {
  /// `POST /jobs`: a job, whose work is the body, or the query's `path`.
  case accept(JobPath)
  /// `GET /jobs/ID`: the state of a job.
  case job(JobID)
  /// `GET /jobs`: the counts.
  case counts
  /// `GET /healthcheck`.
  case health
  /// `GET /`: the routes.
  case index
  /// An invalid request, with one line that says what is wrong, and the allowed methods if the method is.
  case failure(Status, String, allowed: String? = nil)

  /// Finds the route of a request.
  ///
  /// - Parameters:
  ///   - bytes: The bytes that were parsed.
  ///   - body: The body.
  init(_ request: Request, in bytes: RawSpan, body: [UInt8]) {
    let path = bytes.text(in: request.path)
    let isRead = request.method == .get || request.method == .head
    if path == "/jobs", request.method == .post {
      self = Self.accept(request.query, in: bytes, body)
    } else if path == "/jobs" {
      self = isRead ? .counts : Self.wrongMethod("GET, HEAD, POST")
    } else if path.hasPrefix("/jobs/") {
      self = isRead ? Self.job(path.dropFirst("/jobs/".count)) : Self.wrongMethod("GET, HEAD")
    } else if path == "/healthcheck" || path == "/" {
      self = isRead ? (path == "/" ? .index : .health) : Self.wrongMethod("GET, HEAD")
    } else {
      self = .failure(.notFound, "no such path (expected /jobs, /jobs/ID or /healthcheck)")
    }
  }

  private static func wrongMethod(_ allowed: String) -> JobRoute {
    .failure(.methodNotAllowed, "method not allowed (expected \(allowed))", allowed: allowed)
  }

  private static func job(_ text: Substring) -> JobRoute {
    JobID(text).map { .job($0) }
      ?? .failure(.notFound, "no such job (expected the number that POST answered)")
  }

  private static func accept(_ query: Range<Int>?, in bytes: RawSpan, _ body: [UInt8]) -> JobRoute {
    var text = String(decoding: body, as: UTF8.self)
    if let query {
      let paths = QueryItem.items(of: bytes.extracting(query))?.filter { $0.name == "path" } ?? []
      guard paths.count == 1, let path = paths[0].value, body.isEmpty else {
        return .failure(
          .badRequest, "invalid query (expected one path, such as ?path=/api/1000000, and no body)")
      }
      text = path
    }
    do throws(JobPath.Problem) {
      return .accept(try JobPath(text))
    } catch {
      return .failure(.badRequest, "\(error)")
    }
  }
}
