import CPlatform

/// A system call that failed: what was attempted, on what, and the `errno` that came back.
public struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was attempted, as a verb phrase: "open", "create a pipe".
  public let operation: String
  /// What it was attempted on, such as a path; `nil` where there is no such thing.
  public let subject: String?
  /// The value of `errno`.
  public let code: Int32

  /// Describes a failed call.
  public init(operation: String, subject: String? = nil, code: Int32) {
    self.operation = operation
    self.subject = subject
    self.code = code
  }

  /// Whether a file could not be created because there is one.
  public var isAlreadyThere: Bool { code == EEXIST }

  /// Whether another process has claimed the file: see `ClaimedFile`.
  public var isClaimed: Bool { code == EWOULDBLOCK }

  /// Whether nobody reads any more what was to be written.
  public var isBrokenPipe: Bool { code == EPIPE }

  /// Whether this process may have no more descriptors open: `RLIMIT_NOFILE`.
  public var isDescriptorLimit: Bool { code == EMFILE }

  /// Whether there may be no more processes or threads: `RLIMIT_NPROC`, or a control group.
  public var isProcessLimit: Bool { code == EAGAIN }

  /// Whether there is no more memory to be had.
  public var isMemoryLimit: Bool { code == ENOMEM }

  /// One line such as `cannot open results/a.json: Permission denied (errno 13)`.
  public var description: String {
    let object = subject.map { " \($0)" } ?? ""
    return "cannot \(operation)\(object): \(String(cString: strerror(code))) (errno \(code))"
  }
}

/// Makes a system call that answers -1 on failure, and makes it again as often as a signal interrupts it.
///
/// Every call that a signal can interrupt goes through here, `poll` excepted, so that there is one policy for
/// `EINTR`.
///
/// - Parameters:
///   - operation: What is attempted, for the error.
///   - subject: What it is attempted on, for the error.
///   - call: The call; any answer but -1 is success.
/// - Returns: The call's answer.
/// - Throws: `SystemError` with the call's `errno`.
@discardableResult
func system<Answer: SignedInteger>(
  _ operation: String, _ subject: String? = nil, _ call: () -> Answer
) throws(SystemError) -> Answer {
  while true {
    let answer = call()
    if answer != -1 { return answer }
    let code = scaleup_errno()
    if code != EINTR { throw SystemError(operation: operation, subject: subject, code: code) }
  }
}
