import HTTP
import Platform
import Records

/// The load generator: it starts threads that send requests to a server, and merges what they measured.
public struct Generator: Sendable {
  /// The result of a run.
  public struct Outcome: Sendable {
    /// The measurements, without what only the caller knows: the URL as it was given, and when the run started. `nil` if the
    /// run was interrupted before anything was measured.
    public var record: LoadRecord?
    /// The signal that interrupted the run; `nil` if it ran to its end.
    public var signal: Int32?
  }

  /// The time from starting the threads to the first request, in which connections are opened, in nanoseconds.
  private static let lead: UInt64 = 20_000_000
  /// The part of it per connection.
  private static let leadPerConnection: UInt64 = 20_000
  /// The time between two updates of a live view.
  private static let tick: UInt64 = 100_000_000

  private let settings: LoadSettings
  private let requests: EncodedRequests

  /// Creates a generator.
  ///
  /// - Throws: `LoadError` if a path or the host cannot be sent.
  public init(_ settings: LoadSettings) throws(LoadError) {
    self.settings = settings
    do throws(RequestWriter.Problem) {
      requests = try EncodedRequests(
        settings.paths, method: settings.method, host: settings.target.authority,
        closes: settings.opensConnectionPerRequest)
    } catch {
      throw .request(error)
    }
  }

  /// Runs to the end, or until a signal.
  ///
  /// - Parameters:
  ///   - signals: The signals that end the run; `nil` for none.
  ///   - view: Called 10 times per second with the state of the run; `nil` if nobody looks.
  /// - Throws: `LoadError`.
  public func run(
    signals: SignalPipe? = nil, view: ((LoadProgress) -> Void)? = nil
  ) throws(LoadError) -> Outcome {
    // An event queue and a watch of the wake-up per thread, and the pipes.
    reserveDescriptors(settings.connections + settings.usedThreads + 16)
    let first: FirstConnection.Handover
    switch try FirstConnection.open(to: settings.target, timeout: settings.timeout, signals: signals) {
    case .open(let connection): first = connection
    case .interrupted(let signal): return Outcome(record: nil, signal: signal)
    }
    do throws(SystemError) {
      let lead = Self.lead + Self.leadPerConnection * UInt64(settings.connections)
      let control = try RunControl(start: Clock.monotonic.now() + lead)
      let threads = try start(control, first)
      let signal = try wait(for: threads, control, signals, view)
      for thread in threads { thread.thread.join() }
      let results = threads.compactMap(\.result.value)
      if let failure = results.lazy.compactMap(\.failure).first { throw failure }
      let end = control.interruptionTime ?? .max
      return Outcome(record: LoadRecord(settings, control.start, results, until: end), signal: signal)
    } catch {
      throw .system(error)
    }
  }

  /// A thread that was started.
  private struct Started {
    let thread: Thread
    let progress: ThreadProgress
    let result: ResultBox
  }

  /// Starts the threads.
  private func start(_ control: RunControl, _ first: FirstConnection.Handover) throws(SystemError)
    -> [Started]
  {
    var started: [Started] = []
    do throws(SystemError) {
      for index in 0..<settings.usedThreads {
        let (progress, result) = (ThreadProgress(), ResultBox())
        let plan = ThreadPlan(
          settings: settings, requests: requests, index: index, control: control, progress: progress,
          first: index == 0 ? first : nil)
        let thread = try Thread {
          result.value = Self.result(of: plan)
          control.reportEnd()
        }
        started.append(Started(thread: thread, progress: progress, result: result))
      }
    } catch {
      control.interrupt(at: Clock.monotonic.now())
      for thread in started { thread.thread.join() }
      throw error
    }
    return started
  }

  /// Runs one thread's part.
  private static func result(of plan: ThreadPlan) -> ThreadResult {
    do throws(SystemError) {
      return try GeneratorThread(plan).run()
    } catch {
      return ThreadResult(
        tally: RequestTally(window: plan.window), workers: WorkerTally(), due: nil, unsent: nil,
        unanswered: 0,
        meanInFlight: nil, connectionsOpened: 0, usage: ThreadUsage(), failure: error)
    }
  }

  /// Waits until all threads have ended, and passes a signal on to them.
  ///
  /// - Returns: The signal; `nil` if there was none.
  private func wait(
    for threads: [Started], _ control: RunControl, _ signals: SignalPipe?, _ view: ((LoadProgress) -> Void)?
  ) throws(SystemError) -> Int32? {
    var (running, signal): (Int, Int32?) = (threads.count, nil)
    var counts = threads.map { _ in ThreadProgress.Counts() }
    while running > 0 {
      let descriptors = [control.threadEnded] + (signals.map { [$0.descriptor] } ?? [])
      let ready = try poll(descriptors, for: view == nil ? nil : Self.tick)
      if ready.contains(0) { running -= try control.threadEnded.read(atMost: running).count }
      if ready.contains(1), let taken = signals?.take().first(where: SignalPipe.endRequests.contains) {
        control.interrupt(at: Clock.monotonic.now())
        signal = signal ?? taken
      }
      guard let view else { continue }
      for (place, thread) in threads.enumerated() {
        if let next = thread.progress.next() { counts[place] = next }
      }
      view(LoadProgress(counts, since: control.start, warmUp: settings.warmUp, at: Clock.monotonic.now()))
    }
    return signal
  }
}

/// The place of a thread's result.
///
/// `@unchecked Sendable`: the thread writes it before it exits, and others read it only after they have joined the thread.
private final class ResultBox: @unchecked Sendable {
  var value: ThreadResult?
}
