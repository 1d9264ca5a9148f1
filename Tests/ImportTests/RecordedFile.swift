import Foundation

@testable import Import

/// Returns the text of a file that another program wrote, in the directory Files.
func recorded(_ name: String) throws -> String {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Files")
  return String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
}

extension ScalingData {
  /// The number of trials by number of workers, of each group.
  var counts: [[Double: Int]] {
    groups.map { Dictionary($0.samples.map { ($0.workers, 1) }, uniquingKeysWith: +) }
  }

  /// The values of the first label of each group.
  var names: [String] { groups.compactMap { $0.labels.first?.value } }
}
