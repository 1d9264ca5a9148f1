import Foundation
import Platform
import Records
import Testing

private let chromium = ["chromium", "chromium-browser", "google-chrome"].lazy.compactMap { name in
  File.executable(name, searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "")
}.first

/// A page in a browser, without a window. Where there is no Chromium, these are skipped, and say so.
@Suite(.blocking, .enabled(if: chromium != nil, "chromium is not on the PATH"))
struct BrowserTests {
  /// A folder with a page of three runs in it.
  private func folder(_ page: String = "page.html") throws -> Folder {
    let folder = try Folder()
    try folder.write(Self.spreadRun(), to: "spread.json")
    let outcome = try Program("scaleup").run(
      ["report", PictureTests.epyc, PictureTests.xeon, "spread.json", "--html", page], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    return folder
  }

  /// A run as it would be if forked workers were on two machines.
  private static func spreadRun() throws -> String {
    let text = try String(contentsOfFile: PictureTests.epyc, encoding: .utf8)
    var run = try JSONDecoder().decode(RunRecord.self, from: Data(text.utf8))
    for (position, trial) in run.trials.enumerated() {
      let configuration = run.plan.configurations[trial.configuration]
      guard configuration.model == "fork" else { continue }
      let error: UInt64 = configuration.workers == 1 ? 5_000 : 20_000
      run.trials[position].report?.hosts = [
        HostUse(name: "left", ranks: 1, cores: 2, cpuTime: 100_000_000),
        HostUse(name: "right", ranks: 1, cores: 2, cpuTime: 90_000_000, clockError: error),
      ]
    }
    return String(decoding: try JSONEncoder().encode(run), as: UTF8.self)
  }

  /// The document after its script has run, and what the browser's console said.
  private func open(_ page: String, in folder: Folder) throws -> (document: String, console: [Substring]) {
    let outcome = try Program(path: #require(chromium)).run(
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile",
        "--enable-logging=stderr", "--dump-dom", URL(filePath: "\(folder.path)/\(page)").absoluteString,
      ], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    return (outcome.output, outcome.error.split(separator: "\n").filter { $0.contains("CONSOLE") })
  }

  @Test("the page's script runs under its own policy, and the console stays empty")
  func pageScript() throws {
    let (document, console) = try open("page.html", in: folder())
    #expect(console.isEmpty, "\(console)")
    #expect(document.contains("<th scope=\"col\"><button type=\"button\">region</button></th>"))
    #expect(document.contains("<p class=\"choice\">"))
    // Of each of the three runs one configuration is shown.
    #expect(document.matches(of: /<div class="trial">/).count == 3)
    #expect(document.matches(of: /<div class="trial" hidden="">/).count > 20)
  }

  @Test("the page's policy blocks any other script")
  func pagePolicy() throws {
    let folder = try folder()
    let page = try #require(folder.text("page.html"))
    try folder.write(
      page.replacing("\"use strict\";", with: "\"use strict\"; /* changed */")
        .replacing("<body>", with: "<body><img src=\"x\" onerror=\"document.title='run'\"/>"),
      to: "changed.html")
    let (document, console) = try open("changed.html", in: folder)
    #expect(!document.contains("<button") && !document.contains("<title>run"))
    #expect(console.contains { $0.contains("Content Security Policy") }, "\(console)")
  }

  /// The reactions of the tables and the choices to their use.
  private struct Account: Decodable {
    struct Sorted: Decodable {
      let title: String
      let order: String?
      let cells: [String]
    }

    let errors: [String]
    let sorted: [Sorted]
    /// For each choice of each picker, which pictures were shown.
    let shown: [[[Int]]]
  }

  private static let use = """
    const sorted = [];
    for (const table of document.querySelectorAll("table.sortable")) {
      Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
        for (let clicks = 0; clicks < 2; clicks++) {
          heading.querySelector("button").click();
          const cells = Array.from(table.tBodies[0].rows, row => row.cells[column].textContent);
          sorted.push({ title: heading.textContent, order: heading.getAttribute("aria-sort"), cells });
        }
      });
    }
    const shown = Array.from(document.querySelectorAll(".picker"), picker => {
      const select = picker.querySelector("select");
      return Array.from(select.options, (option, position) => {
        select.selectedIndex = position;
        select.dispatchEvent(new Event("change"));
        const trials = Array.from(picker.querySelectorAll(".trial"));
        return trials.flatMap((trial, place) => trial.checkVisibility() ? [place] : []);
      });
    });
    const account = document.createElement("pre");
    account.id = "account";
    account.textContent = encodeURIComponent(JSON.stringify({ errors, sorted, shown }));
    document.body.append(account);
    """

  @Test("the page's tables sort by every column, and its choices show the chosen configuration")
  func pageTables() throws {
    let folder = try folder()
    let page = try #require(folder.text("page.html"))
    let listening =
      "<script>const errors = []; addEventListener('error', e => errors.push(e.message));</script>"
    let used = page.replacing(/<meta http-equiv[^>]*>/, with: listening)
      .replacing("</body>", with: "<script>\(Self.use)</script></body>")
    try folder.write(used, to: "used.html")
    let (document, console) = try open("used.html", in: folder)
    #expect(console.isEmpty, "\(console)")
    let text = try #require(document.firstMatch(of: /<pre id="account">([^<]*)</)?.1.removingPercentEncoding)
    let account = try JSONDecoder().decode(Account.self, from: Data(text.utf8))
    #expect(account.errors == [])
    #expect(account.shown.count == 3)
    for shown in account.shown { #expect(shown == shown.indices.map { [$0] } && shown.count > 5) }

    #expect(account.sorted.count > 100)
    #expect(
      Set(account.sorted.map(\.title)).isSuperset(of: [
        "model", "region", "time", "speedup", "±", "lost", "clock error", "peak memory",
      ]))
    for (position, column) in account.sorted.enumerated() {
      #expect(column.order == (position % 2 == 0 ? "ascending" : "descending"))
      let known = Array(column.cells.prefix { $0 != "-" })
      #expect(column.cells.dropFirst(known.count).allSatisfy { $0 == "-" }, "\(column.title)")
      let upward = position % 2 == 0 ? known : known.reversed()
      let numbers = upward.compactMap(number)
      if numbers.count == known.count {
        #expect(numbers == numbers.sorted(), "\(column.title): \(upward)")
      } else {
        #expect(
          upward == upward.sorted { $0.localizedStandardCompare($1) == .orderedAscending }, "\(column.title)")
      }
    }
  }

  /// The quantity that a cell shows, in whatever unit; `nil` for a word.
  private func number(_ cell: String) -> Double? {
    guard let match = cell.firstMatch(of: /^±?(-?[0-9.]+)(·10\^([0-9]+))?[!*]?( (ns|µs|ms|s|kB|MB|GB))?/)
    else {
      return nil
    }
    let units: [Substring: Double] = ["ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "kB": 1e3, "MB": 1e6, "GB": 1e9]
    let power = match.3.flatMap { Int($0) }.map { pow(10, Double($0)) } ?? 1
    return Double(match.1).map { $0 * power * (match.5.flatMap { units[$0] } ?? 1) }
  }
}
