#if canImport(Darwin)
  extension MachineFacts {
    /// Adds the facts that the kernel has by name; there is no tree to read.
    mutating func readDetails(from tree: FileTree = .machine) {
      let values = tree.systemValues
      operatingSystem = values.text("kern.osproductversion").map { "macOS \($0)" }
      memory = values.number("hw.memsize")
      processor = values.text("machdep.cpu.brand_string")
      caches = Self.caches(values)
    }
  }
#endif
