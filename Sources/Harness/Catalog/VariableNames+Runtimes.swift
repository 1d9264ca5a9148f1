import Platform

extension VariableNames {
  /// The variables by which runtimes choose how many threads they start and which CPUs these may use.
  ///
  /// A trial's workers are those of the plan, so programs of the suite and peers do not inherit them. A program of the
  /// user does: its author may rely on them.
  public static let runtimes = VariableNames([
    // OpenMP of GCC and LLVM
    "OMP_*", "GOMP_*", "KMP_*",
    // Go, Rust, Java, Node, Python
    "GOMAXPROCS", "RAYON_NUM_THREADS", "TOKIO_WORKER_THREADS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS",
    "_JAVA_OPTIONS", "NODE_OPTIONS", "NODE_CLUSTER_SCHED_POLICY", "UV_THREADPOOL_SIZE", "PYTHON_CPU_COUNT",
    // Swift and Dispatch
    "LIBDISPATCH_*", "SWIFT_DEBUG_CONCURRENCY_*",
    // Libraries for mathematics
    "MKL_NUM_THREADS", "MKL_DYNAMIC", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "NUMEXPR_NUM_THREADS",
  ])
}
