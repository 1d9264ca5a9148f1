import Foundation
import Testing

/// `scaleup report --html` and `--svg`, of runs that were kept.
@Suite(.blocking) struct PictureTests {
  static let reference = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../results/reference").standardizedFileURL.path
  static let epyc = "\(reference)/epyc-vm-2.json"
  static let granularity = "\(reference)/epyc-vm-2-granularity.json"
  static let xeon = "\(reference)/xeon-vm-2.json"

  @discardableResult
  private func report(_ arguments: [String], in folder: Folder, status: Int32 = 0) throws -> Program.Outcome {
    let outcome = try Program("scaleup").run(["report"] + arguments, in: folder)
    #expect(outcome.status == status, "\(outcome.error)")
    return outcome
  }

  @Test("a page is read back as the run it was made from")
  func pageRead() throws {
    let folder = try Folder()
    let outcome = try report([Self.epyc, "--html", "run.html"], in: folder)
    #expect(outcome.output == "")
    #expect(outcome.error.wholeMatch(of: /wrote run\.html, \d+ kB\n/) != nil, "\(outcome.error)")
    for format in ["json", "table", "csv", "markdown"] {
      let (page, file) = try (
        report(["run.html", "--format", format], in: folder),
        report([Self.epyc, "--format", format], in: folder)
      )
      // The first screen ends with a hint that names the file.
      let outputs = [page.output, file.output].map { $0.components(separatedBy: "\nMore: ")[0] }
      #expect(outputs[0] == outputs[1] && !outputs[0].isEmpty)
    }
    // A page that is made from a page is the same page, also on standard output.
    try report(["run.html", "--html", "again.html"], in: folder)
    let printed = try report(["run.html", "--html", "-"], in: folder)
    #expect(folder.text("again.html") == folder.text("run.html") && printed.error == "")
    #expect(printed.output == folder.text("run.html") && folder.names == ["again.html", "run.html"])
  }

  @Test("several files are printed in order, and make one page")
  func severalFiles() throws {
    let folder = try Folder()
    try report([Self.epyc, Self.xeon, "--html", "both.html"], in: folder)
    for format in ["json", "table", "markdown"] {
      let both = try report(["both.html", "--format", format], in: folder).output
      let each = try [Self.epyc, Self.xeon].map { try report([$0, "--format", format], in: folder).output }
        .map { $0.components(separatedBy: "\nMore: ")[0] }
      #expect(both == each.joined(separator: format == "json" ? "" : "\n"))
    }
    let rows = try report(["both.html", "--format", "csv"], in: folder).output.split(separator: "\r\n")
    #expect(rows.count { $0.hasPrefix("host,") } == 1)
    #expect(Set(rows.dropFirst().map { $0.prefix { $0 != "," } }) == ["epyc-vm-2", "xeon-vm-2"])
  }

  @Test("the pictures of the documentation are those of the reference run")
  func readmePictures() throws {
    let folder = try Folder()
    try report([Self.epyc, "--svg", "."], in: folder)
    for (kept, drawn) in [("speedup", "sum-scalar-speedup"), ("losses", "sum-losses")] {
      let picture = try String(contentsOfFile: "\(Self.reference)/epyc-vm-2-\(kept).svg", encoding: .utf8)
      #expect(folder.text("\(drawn).svg") == picture, "copy \(drawn).svg of --svg over epyc-vm-2-\(kept).svg")
    }
  }

  @Test("the README shows the first screen of the reference run, and has at most 10 KB")
  func readmeScreen() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    #expect(readme.utf8.count <= 10_240)
    let block = try #require(
      readme.components(separatedBy: "<!-- first screen -->\n```\n").last?.components(separatedBy: "…\n```")
        .first)
    let screen = try report([Self.epyc], in: try Folder()).output
    #expect(block.contains("utilization") && screen.hasPrefix(block), "paste the output of scaleup report")
  }

  @Test("every picture goes into a directory, beside other files")
  func pictureGoes() throws {
    let folder = try Folder()
    for _ in 0..<2 {
      try report([Self.xeon, "--svg", "pictures", "--html", "run.html"], in: folder)
      try folder.write("mine", to: "pictures/mine.svg")
    }
    #expect(Set(folder.names) == ["pictures", "run.html"])
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/pictures")
    #expect(
      Set(names).isSuperset(of: ["sum-scalar-speedup.svg", "sum-losses.svg", "sum-fork-2-scalar-gantt.svg"]))
    #expect(names.allSatisfy { $0.hasSuffix(".svg") } && folder.text("pictures/mine.svg") == "mine")
    #expect(folder.text("pictures/sum-losses.svg")?.hasPrefix("<?xml") == true)
  }

  @Test(
    "an unwritable destination is reported before anything is read",
    arguments: [
      (["--html", "."], "cannot write ."), (["--html", "no/such/run.html"], "cannot write no/such/run.html"),
      (["--html", "/dev/null"], "cannot write /dev/null"), (["--html", ""], "--html: ''"),
      (["--svg", "no/such"], "cannot create directory no/such"), (["--svg", "taken"], "taken"),
      (["--html", "./none.json"], "would overwrite its own input"),
      (["--html", "x", "--format", "csv"], "leave one out"),
      (["--svg", "x", "--format", "table"], "leave one out"), (["--html"], "missing value for --html"),
      (["--svg", "-"], "--svg needs a directory"),
    ])
  func unwritableDestination(arguments: [String], words: String) throws {
    let folder = try Folder()
    try folder.write("{}", to: "none.json")
    try folder.write("", to: "taken")
    let outcome = try report(["none.json"] + arguments, in: folder, status: 64)
    #expect(outcome.output == "" && outcome.error.split(separator: "\n").count == 1)
    #expect(outcome.error.contains(words), "\(outcome.error)")
    #expect(folder.names == ["none.json", "taken"] && folder.text("none.json") == "{}")
  }

  @Test(
    "another record among several runs is named, and nothing is reported",
    arguments: [[], ["--html", "all.html"]])
  func otherRecord(options: [String]) throws {
    let folder = try Folder()
    let outcome = try report([Self.epyc, Self.granularity] + options, in: folder, status: 64)
    #expect(outcome.output == "" && outcome.error.split(separator: "\n").count == 1 && folder.names == [])
    #expect(
      outcome.error.contains(
        "granularity.json has a granularity record, which is reported alone (several files must all be runs)")
    )
  }

  @Test(
    "a file that is not a run leaves no page and no directory",
    arguments: [
      ("{}", "lacks 'schema'"), ("<html></html>", "is a page without runs"), ("", "is empty"),
      (
        "<script type=\"application/json\" class=\"scaleup-run\">{\"a\":</script>", "is truncated or not JSON"
      ),
      ("{\"schema\":\"scaleup.granularity/1\"}", "a 'scaleup.granularity/1' record"),
    ])
  func fileRun(text: String, words: String) throws {
    let folder = try Folder()
    try folder.write(text, to: "a <b>\n.json")
    let outcome = try report(
      ["a <b>\n.json", Self.epyc, "--html", "run.html", "--svg", "pictures"], in: folder, status: 64)
    #expect(outcome.output == "" && outcome.error.split(separator: "\n").count == 1)
    #expect(
      outcome.error.contains("a <b>\u{FFFD}.json \(words)") || outcome.error.contains(words),
      "\(outcome.error)")
    #expect(folder.names == ["a <b>\n.json"])
  }
}
