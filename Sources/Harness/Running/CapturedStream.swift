import Platform

/// An output stream of a child, captured up to a limit or only hashed.
struct CapturedStream {
  /// The read end of its pipe.
  let reader: Descriptor
  /// The most bytes to keep.
  let limit: Int
  /// Whether the child has printed more than the limit.
  private(set) var isOverLimit = false
  /// Whether more output may come.
  private(set) var isOpen = true

  /// The hash of all bytes; `nil` unless only that is kept.
  private(set) var hash: StreamHash?

  private let keepsEnd: Bool
  private var bytes: [UInt8] = []

  /// Makes a capture of a stream.
  ///
  /// - Parameter keepsEnd: Whether to keep the end of a text that is too long. Otherwise it is over the limit.
  init(_ reader: Descriptor, limit: Int, keepsEnd: Bool) {
    self.reader = reader
    self.limit = limit
    self.keepsEnd = keepsEnd
  }

  /// Makes a stream of which only the hash is kept, so that its length costs no memory.
  init(hashing reader: Descriptor) {
    self.init(reader, limit: 0, keepsEnd: true)
    hash = StreamHash()
  }

  /// The captured text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The first line of the text; `nil` before it is complete.
  var firstLine: Substring? {
    bytes.firstIndex(of: UInt8(ascii: "\n")).map { Substring(decoding: bytes[..<$0], as: UTF8.self) }
  }

  /// Reads the bytes that have arrived, or the end of the stream. One of the two must be there.
  mutating func receive() throws(SystemError) {
    let chunk = try reader.read(atMost: 1 << 16)
    if chunk.isEmpty { isOpen = false }
    if hash != nil {
      hash?.add(chunk)
      return
    }
    bytes += chunk
    guard bytes.count > limit else { return }
    if keepsEnd {
      bytes.removeFirst(bytes.count - limit)
    } else {
      bytes.removeAll()
      isOverLimit = true
    }
  }

  /// Stops reading.
  mutating func close() {
    isOpen = false
  }
}
