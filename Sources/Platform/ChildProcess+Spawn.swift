import CPlatform

extension ChildProcess {
  /// Starts an executable in a process group of its own, with no input and default signal handling.
  ///
  /// No shell is involved.
  ///
  /// - Parameters:
  ///   - executable: The path of the executable.
  ///   - arguments: Its arguments, without its name.
  ///   - output: Where its standard output goes.
  ///   - error: Where its standard error goes.
  /// - Throws: `SystemError`.
  public static func spawn(
    _ executable: String, _ arguments: [String], output: Descriptor, error: Descriptor
  ) throws(SystemError) -> ChildProcess {
    var actions = makeSpawnFileActions()
    var attributes = makeSpawnAttributes()
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.number, 1)
    posix_spawn_file_actions_adddup2(&actions, error.number, 2)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var identifier: pid_t = 0
    var words = ([executable] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    let code = posix_spawn(&identifier, executable, &actions, &attributes, &words, scaleup_environment())
    if code != 0 { throw SystemError(operation: "start", subject: executable, code: code) }
    return ChildProcess(identifier: identifier)
  }
}
