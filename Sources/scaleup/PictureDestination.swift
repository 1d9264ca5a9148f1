import Arguments
import Formatting
import Harness
import Platform
import Records
import Report

/// Where pictures of runs are written: a page, a folder, or both.
struct PictureDestination {
  private static let html = Option<String>(
    "html", "OUT", .text("the path of a page", example: "run.html"),
    help: "write one page with pictures, tables and the runs, which report reads back")
  private static let svg = Option<String>(
    "svg", "DIR", .text("the path of a folder", example: "pictures"),
    help: "write every picture as a file of its own into a folder, which is made if there is none")

  /// The options that name it.
  static let options = [html.syntax, svg.syntax]

  private let page: String?
  private let folder: String?

  /// The destination that the options ask for, found out to be writable before anything is read; `nil` where nothing is
  /// to be written.
  ///
  /// - Throws: `UsageError`, `CommandFailure`.
  init?(_ matches: Matches, sources: [String]) throws {
    (page, folder) = (matches.value(of: Self.html), matches.value(of: Self.svg))
    guard let option = page.map({ _ in Self.html.name }) ?? folder.map({ _ in Self.svg.name }) else {
      return nil
    }
    if matches.value(of: OutputFormat.option) != nil {
      throw UsageError.other("--format is for what is printed, and --\(option) prints nothing; leave one out")
    }
    if let page, sources.contains(where: { File.isSame($0, page) }) {
      throw UsageError.other(
        "--html \(Readable.line(page)) would replace a FILE that it is made from; name another")
    }
    do throws(SystemError) {
      if let page { try File.checkReplaceable(page) }
      if let folder { try File.checkFolder(folder) }
    } catch {
      throw CommandFailure(
        message: "\(error); expected a place in a folder that exists and can be written",
        status: UsageError.exitStatus)
    }
  }

  /// Draws runs, and says what was written.
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
      if !pictures.isEmpty { try File.makeFolder(folder) }
      for picture in pictures { try File.replace("\(folder)/\(picture.name).svg", with: picture.svg.utf8) }
      notes.append("wrote \(Readable.count(pictures.count, "picture")) into \(folder)")
    }
    return ProgramOutput(error: notes.map { Readable.line($0, limit: 1000) + "\n" }.joined())
  }
}
