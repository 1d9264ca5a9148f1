import CKernels

extension Kernel {
  /// The vector kernels of `sum` that this processor supports: `simd`, which is the widest, and each kernel
  /// under the name of its instruction set.
  static let vectorSums: [Kernel] = {
    var count: Int32 = 0
    let table = UnsafeBufferPointer(start: scaleup_vector_kernels(&count), count: Int(count))
    let kernels = table.filter { $0.has() }.map { kernel in
      let (name, sum) = (String(cString: kernel.name), kernel.sum)
      return Kernel(name: name, instructionSet: name) { range in
        let total = sum(range.lowerBound, range.upperBound)
        return UInt128(total.high) << 64 | UInt128(total.low)
      }
    }
    let widest = kernels.prefix(1).map { kernel in
      Kernel(name: "simd", instructionSet: kernel.instructionSet, compute: kernel.compute)
    }
    return widest + kernels
  }()
}
