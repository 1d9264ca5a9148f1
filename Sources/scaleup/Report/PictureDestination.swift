import Arguments
import Formatting
import Harness
import Platform
import Records
import Report

/// The arguments that name the destinations of pictures.
struct PictureArguments {
  let page: String?
  let directory: String?

  /// Reads the arguments. Returns `nil` if no picture is requested.
  ///
  /// - Parameter subject: The records that are drawn, for the help text.
  init?(_ line: inout ArgumentLine, of subject: String) {
    page = line.value(
      of: Option(
        "html", "FILE", .text("the path of a page", example: "run.html"),
        help:
          "write one page with pictures, tables and the \(subject) (readable by report); - is standard output"
      ))
    directory = line.value(
      of: Option(
        "svg", "DIRECTORY", .text("the path of a directory", example: "pictures"),
        help: "write each picture as an SVG file to this directory (created if missing)"))
    if page == nil, directory == nil { return nil }
  }

  /// The name of the option that requests pictures.
  var option: String { page == nil ? "svg" : "html" }

  /// Whether the page is for standard output.
  var isPrinted: Bool { page == File.standardOutput }
}

/// The destinations of pictures: a page, a directory, or both.
struct PictureDestination {
  /// The file of the page, or `File.standardOutput`.
  private let page: String?
  private let directory: String?

  /// Checks that the destinations are writable, before anything is read.
  ///
  /// - Throws: `UsageError`, `CommandFailure`.
  init(_ arguments: PictureArguments, sources: [String]) throws {
    directory = arguments.directory
    if directory == File.standardOutput {
      throw UsageError.other("--svg needs a directory, and - is standard output (for a directory, write ./-)")
    }
    let isPrinted = arguments.isPrinted
    if let page = arguments.page, !isPrinted, sources.contains(where: { File.isSame($0, page) }) {
      throw UsageError.other(
        "--html \(Readable.line(page)) would overwrite its own input (choose another name)")
    }
    do throws(SystemError) {
      page = isPrinted ? arguments.page : try arguments.page.map(File.target(of:))
      if let page, !isPrinted { try File.checkReplaceable(page) }
      if let directory { try File.checkDirectory(directory) }
    } catch {
      throw CommandFailure(
        message: "\(error) (expected a path in a writable directory)",
        status: UsageError.exitStatus)
    }
  }

  /// Draws runs, and returns a message that names the files written.
  ///
  /// - Parameter comparison: The comparison of the runs for the page; `nil` if they are not compared.
  /// - Throws: `SystemError`.
  func write(_ entries: [RunFile.Entry], comparison: ComparisonRecord? = nil) throws -> ProgramOutput {
    try write(
      page: { htmlReport(of: entries.map { ($0.record, $0.json) }, comparison: comparison) },
      pictures: { svgPictures(of: entries.map(\.record)) })
  }

  /// Draws a plan, and returns a message that names the files written.
  ///
  /// - Throws: `UsageError` if the plan has no pictures for a directory; `SystemError`.
  func write(_ plan: PlanRecord) throws -> ProgramOutput {
    let pictures = directory == nil ? [] : planPictures(of: plan)
    if directory != nil, pictures.isEmpty {
      throw UsageError.other("--svg needs a plan with policies or tiers (plan with --policy hpa or --system)")
    }
    let json = try plan.text()
    return try write(page: { htmlReport(of: plan, json: json) }, pictures: { pictures })
  }

  /// Draws a fleet beside the simulation of its traffic, and returns a message that names the files written.
  ///
  /// - Throws: `UsageError` if the fleet has no samples for pictures in a directory; `SystemError`.
  func write(_ fleet: FleetRecord, simulated: SimulationRecord.Policy?) throws -> ProgramOutput {
    if directory != nil, fleet.points.isEmpty {
      throw UsageError.other("--svg needs a fleet with samples; this one ended before its first")
    }
    let json = try fleet.text()
    return try write(
      page: { fleetPage(of: fleet, simulated: simulated, json: json) },
      pictures: { fleetPictures(of: fleet, simulated: simulated) })
  }

  private func write(
    page drawnPage: () -> String, pictures drawnPictures: () -> [(name: String, svg: String)]
  ) throws -> ProgramOutput {
    var (output, notes) = ("", [String]())
    if let page {
      let text = drawnPage()
      if page == File.standardOutput {
        output = text
      } else {
        try File.replace(page, with: text.utf8)
        notes.append("wrote \(page), \(Readable.memory(bytes: UInt64(text.utf8.count)))")
      }
    }
    if let directory {
      let pictures = drawnPictures()
      if !pictures.isEmpty { try File.createDirectory(directory) }
      for picture in pictures { try File.replace("\(directory)/\(picture.name).svg", with: picture.svg.utf8) }
      notes.append("wrote \(Readable.count(pictures.count, "picture")) to \(directory)")
    }
    return ProgramOutput(output: output, error: notes.map { Readable.line($0, limit: 1000) + "\n" }.joined())
  }
}
