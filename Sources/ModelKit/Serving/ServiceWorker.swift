import HTTP
import Synchronization

/// A worker of a service: its name, its counters, and the memory that it needs for a moment.
///
/// It belongs to one thread at a time. It has one receive buffer and one send buffer for all of its connections: what a
/// connection cannot use up at once, it keeps itself.
public final class ServiceWorker {
  /// The size of a receive buffer.
  public static let bufferSize = 16 << 10

  /// The service.
  public let service: Service
  /// Its number, from 0.
  public let number: Int
  /// The time, by the monotonic clock, at which it was last awake.
  public private(set) var now: UInt64
  /// The answers that are to be sent.
  public internal(set) var output: [UInt8] = []
  /// Memory for bytes that are received.
  let buffer: UnsafeMutableRawBufferPointer

  private let hasOwnCPUTime: Bool
  /// Its pace, if the service has a share of the machine.
  private var pace: WorkerPace?
  private let name: String
  private let slot: UnsafeMutablePointer<ServiceCounters.Slot>
  private var writer = ResponseWriter()
  private var nextDate: UInt64 = 0
  private var nextCPUReading: UInt64 = 0
  private let index: [UInt8]

  /// Creates a worker.
  ///
  /// - Parameter hasOwnCPUTime: Whether it has the thread to itself that creates it, so that the thread's CPU time is its own.
  public init(_ number: Int, of service: Service, hasOwnCPUTime: Bool) {
    (self.number, self.service, self.hasOwnCPUTime) = (number, service, hasOwnCPUTime)
    name = "\(number)/\(ThisProcess.identifier)"
    slot = service.counters.slot(of: number)
    buffer = .allocate(byteCount: Self.bufferSize, alignment: 16)
    index = Array("scaleup-\(service.model): /healthcheck /api/:n /wait/:ms /metrics\n".utf8)
    now = Clock.monotonic.now()
    readClocks()
    if let pacer = service.pacer {
      pace =
        hasOwnCPUTime
        ? WorkerPace(ownShare: pacer.share / Double(service.workers))
        : WorkerPace(sharing: pacer, among: service.workers)
    }
  }

  deinit {
    buffer.deallocate()
  }

  /// Reads the clock. A worker calls it when it has something to do again.
  public func wake() {
    readClocks()
    pace?.wake(at: reading, isAlone: hasOwnCPUTime || service.counters.inFlight == 0)
  }

  private func readClocks() {
    now = Clock.monotonic.now()
    if now >= nextDate { renewHeaders() }
    if hasOwnCPUTime, now >= nextCPUReading {
      slot.pointee.cpuTime.store(Clock.threadCPU.now(), ordering: .relaxed)
      nextCPUReading = now + 100_000_000
    }
  }

  /// Renews the headers of every answer: the worker's name and the date, which changes every second.
  private func renewHeaders() {
    let date = HTTPDate.text(secondsSince1970: UTCTime.now().seconds)
    writer.headers = Self.headers(["X-Worker": name, "Date": date])
    nextDate = now + 500_000_000
  }
}

/// The pace of a service with a share of the machine.
extension ServiceWorker {
  private var reading: WorkerPace.Reading {
    let threadTime = Clock.threadCPU.now()
    return WorkerPace.Reading(
      time: now, cpuTime: hasOwnCPUTime ? threadTime : Clock.processCPU.now(), threadTime: threadTime)
  }

  /// Notes that work has come, if the service has a share. A worker calls it if it wakes only after a piece of work.
  func beginWork() {
    if pace != nil { wake() }
  }

  /// Waits until a machine that is as fast as the service's share would have done the work until now. The thread sleeps: the
  /// worker does nothing else meanwhile, because that machine would still be at work.
  func keepPace() {
    guard pace != nil else { return }
    readClocks()
    guard let end = pace?.end(at: reading) else { return }
    Clock.sleep(until: end)
    readClocks()
    pace?.goOn(at: reading)
  }
}

/// Answers.
extension ServiceWorker {
  /// Counts a request whose answer comes later, or is being made.
  func begin() {
    slot.pointee.inFlight.wrappingAdd(1, ordering: .relaxed)
  }

  /// Counts a request that was answered, or that was given up.
  func end(isAnswered: Bool = true) {
    slot.pointee.inFlight.wrappingSubtract(1, ordering: .relaxed)
    if isAnswered { slot.pointee.answers.wrappingAdd(1, ordering: .relaxed) }
  }

  /// Appends the answer of a route to a request.
  ///
  /// - Parameter closes: Whether the connection ends after the answer although the client keeps it.
  func answer(_ route: Route, to request: Request, closes: Bool) {
    switch route {
    case .index: append(.ok, index, to: request, closes)
    case .health: append(.ok, "ok\n", to: request, closes)
    case .sum(let number):
      let text = "\(Self.sum(upTo: number))\n"
      // The clock went on: what comes next must not take the beginning of the sum for now.
      if number >= Self.longSum { readClocks() }
      append(.ok, text, to: request, closes)
    case .wait(let milliseconds, _): append(.ok, "waited \(milliseconds) ms\n", to: request, closes)
    case .metrics:
      let cpuTime = hasOwnCPUTime ? nil : Clock.processCPU.now()
      append(
        .ok, service.counters.metrics(processCPUTime: cpuTime), headers: Self.metrics, to: request, closes)
    case .failure(.methodNotAllowed, let reason):
      append(.methodNotAllowed, reason + "\n", headers: Self.allowed, to: request, closes)
    case .failure(let status, let reason): append(status, reason + "\n", to: request, closes)
    }
  }

  /// Appends the answer to bytes that are no acceptable request, and counts it.
  func answer(_ error: RequestError) {
    slot.pointee.refusals.wrappingAdd(1, ordering: .relaxed)
    writer.append(error, into: &output)
  }

  /// The least n whose sum takes longer than some reads of the clock.
  private static let longSum: UInt64 = 100_000

  private static let plain = headers(["Content-Type": "text/plain; charset=utf-8"])
  private static let metrics = headers(["Content-Type": "text/plain; version=0.0.4; charset=utf-8"])
  private static let allowed = headers(["Content-Type": "text/plain; charset=utf-8", "Allow": "GET, HEAD"])

  /// Returns headers whose values are printable ASCII.
  private static func headers(_ fields: KeyValuePairs<String, String>) -> HeaderBlock {
    (try? HeaderBlock(fields)) ?? HeaderBlock()
  }

  private func append(
    _ status: Status, _ text: String, headers: HeaderBlock = ServiceWorker.plain, to request: Request,
    _ closes: Bool
  ) {
    var text = text
    text.withUTF8 { body in
      writer.append(
        status, headers: headers, body: UnsafeRawBufferPointer(body).bytes, to: request,
        closes: closes,
        into: &output)
    }
  }

  private func append(_ status: Status, _ body: [UInt8], to request: Request, _ closes: Bool) {
    writer.append(
      status, headers: Self.plain, body: body.span.bytes, to: request, closes: closes,
      into: &output)
  }

  /// Returns the sum 0…n by the scalar kernel.
  private static func sum(upTo number: UInt64) -> UInt128 {
    Workload.sum.kernels[0].compute(0..<number + 1)
  }
}
