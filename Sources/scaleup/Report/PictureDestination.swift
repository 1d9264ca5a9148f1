import Arguments
import Formatting
import Harness
import Platform
import Records
import Report

/// The arguments that say where pictures of runs are written.
struct PictureArguments {
  let page: String?
  let directory: String?

  /// Returns `nil` if nothing is to be drawn.
  init?(_ line: inout ArgumentLine) {
    page = line.value(
      of: Option(
        "html", "FILE", .text("the path of a page", example: "run.html"),
        help: "write one page with pictures, tables and the runs, which report reads back"))
    directory = line.value(
      of: Option(
        "svg", "DIRECTORY", .text("the path of a directory", example: "pictures"),
        help: "write every picture as an SVG file into a directory, which is created if missing"))
    if page == nil, directory == nil { return nil }
  }

  /// The name of the option that asks for pictures.
  var option: String { page == nil ? "svg" : "html" }
}

/// The places that pictures of runs are written to: a page, a directory, or both.
struct PictureDestination {
  private let page: String?
  private let folder: String?

  /// Checks that the places can be written, before anything is read.
  ///
  /// - Throws: `UsageError`, `CommandFailure`.
  init(_ arguments: PictureArguments, sources: [String]) throws {
    (page, folder) = (arguments.page, arguments.directory)
    if let page, sources.contains(where: { File.isSame($0, page) }) {
      throw UsageError.other(
        "--html \(Readable.line(page)) would replace a file that it is made from (choose another name)")
    }
    do throws(SystemError) {
      if let page { try File.checkReplaceable(page) }
      if let folder { try File.checkDirectory(folder) }
    } catch {
      throw CommandFailure(
        message: "\(error) (expected a path in a writable directory)",
        status: UsageError.exitStatus)
    }
  }

  /// Draws runs, and reports what was written.
  ///
  /// - Throws: `SystemError`.
  func write(_ entries: [RunFile.Entry]) throws -> ProgramOutput {
    var notes: [String] = []
    if let page {
      let text = htmlReport(of: entries.map { ($0.record, $0.json) })
      try File.replace(page, with: text.utf8)
      notes.append("wrote \(page), \(Readable.memory(bytes: UInt64(text.utf8.count)))")
    }
    if let folder {
      let pictures = svgPictures(of: entries.map(\.record))
      if !pictures.isEmpty { try File.createDirectory(folder) }
      for picture in pictures { try File.replace("\(folder)/\(picture.name).svg", with: picture.svg.utf8) }
      notes.append("wrote \(Readable.count(pictures.count, "picture")) into \(folder)")
    }
    return ProgramOutput(error: notes.map { Readable.line($0, limit: 1000) + "\n" }.joined())
  }
}
