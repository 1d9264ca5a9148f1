#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The sanitizers with which the tests may be built (`swift test --sanitize=thread`, `--sanitize=address`).
public enum Sanitizer {
  /// Whether the tests are built with one. It keeps a shadow of all addresses, so that a limit of memory stops it at once,
  /// and keeps what is freed.
  public static let isThere = isLinked("__asan_init") || isThread

  /// Whether that is the one for threads. It makes every vfork a fork, whose child cannot tell why it executed nothing.
  public static let isThread = isLinked("__tsan_init")

  private static func isLinked(_ function: String) -> Bool {
    dlsym(dlopen(nil, RTLD_LAZY), function) != nil
  }
}
