#if canImport(Glibc)
  import Glibc

  /// The size of the stack of a new thread that asks for none.
  public enum ThreadStack {
    /// Sets the size for this process, as `ulimit -s` does before a program starts.
    ///
    /// - Returns: Whether the system accepted it.
    public static func setSize(_ bytes: Int) -> Bool {
      typealias Setter = @convention(c) (UnsafePointer<pthread_attr_t>) -> Int32
      guard let symbol = dlsym(dlopen(nil, RTLD_LAZY), "pthread_setattr_default_np") else { return false }
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      return pthread_attr_setstacksize(&attributes, bytes) == 0
        && unsafeBitCast(symbol, to: Setter.self)(&attributes) == 0
    }
  }
#endif
