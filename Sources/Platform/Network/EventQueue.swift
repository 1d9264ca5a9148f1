import CPlatform

/// A queue of the events of many descriptors: epoll on Linux, kqueue elsewhere.
public struct EventQueue: Sendable {
  /// An event. After an error or the peer's end, a descriptor is ready for both.
  public struct Event: Sendable {
    /// The number under which the descriptor is watched.
    public let token: UInt64
    /// Whether there is something to read.
    public let isReadable: Bool
    /// Whether something can be written.
    public let isWritable: Bool
  }

  /// The events for which a descriptor is watched. They are reported again and again as long as they last.
  public struct Interest: OptionSet, Sendable {
    /// The numbers of CPlatform.
    public let rawValue: UInt32

    /// Creates a set from the numbers of CPlatform.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Something can be read, or the peer has ended its stream.
    public static let reading = Interest(rawValue: SCALEUP_READABLE.rawValue)
    /// Something can be written.
    public static let writing = Interest(rawValue: SCALEUP_WRITABLE.rawValue)
    /// A connection can be accepted from a listener that other processes watch too. Linux then does not wake all of them for
    /// one connection.
    public static let sharedListener = Interest(rawValue: SCALEUP_SHARED.rawValue)
  }

  private let queue: Descriptor

  /// Creates a queue.
  ///
  /// - Throws: `SystemError`.
  public init() throws(SystemError) {
    queue = Descriptor(owning: try system("create an event queue") { scaleup_events_create() })
  }

  /// Watches a descriptor until it is closed.
  ///
  /// - Parameters:
  ///   - token: The number that its events have.
  /// - Throws: `SystemError`.
  public func watch(
    _ descriptor: Descriptor, as token: UInt64, for interest: Interest = .reading
  ) throws(SystemError) {
    try system("watch a descriptor") {
      scaleup_events_watch(queue.number, descriptor.number, token, Int32(interest.rawValue))
    }
  }

  /// Changes the events for which a descriptor is watched.
  ///
  /// - Throws: `SystemError`.
  public func change(
    _ descriptor: Descriptor, as token: UInt64, to interest: Interest
  ) throws(SystemError) {
    try system("watch a descriptor") {
      scaleup_events_change(queue.number, descriptor.number, token, Int32(interest.rawValue))
    }
  }

  /// Stops watching a descriptor.
  public func unwatch(_ descriptor: Descriptor) {
    _ = scaleup_events_unwatch(queue.number, descriptor.number)
  }

  /// Waits for events and handles each.
  ///
  /// - Parameters:
  ///   - nanoseconds: The timeout; `nil` waits forever.
  ///   - handle: Called with each event.
  /// - Throws: `SystemError`.
  public func wait(for nanoseconds: UInt64? = nil, _ handle: (Event) -> Void) throws(SystemError) {
    let timeout = nanoseconds.map { Int64(clamping: $0) } ?? -1
    try withUnsafeTemporaryAllocation(of: scaleup_event.self, capacity: Int(SCALEUP_MOST_EVENTS)) {
      (ready) throws(SystemError) in
      guard let first = ready.baseAddress else { return }
      let count = scaleup_events_wait(queue.number, first, Int32(ready.count), timeout)
      if count == -1 {
        let code = scaleup_errno()
        if code == EINTR { return }
        throw SystemError(operation: "wait for events", code: code)
      }
      for event in ready.prefix(Int(count)) {
        handle(Event(token: event.token, isReadable: event.readable, isWritable: event.writable))
      }
    }
  }

  /// Makes the timeouts of the calling thread end when they are due, not up to 50 µs later, which lets Linux save energy.
  public static func makeTimeoutsExact() {
    scaleup_make_timeouts_exact()
  }
}
