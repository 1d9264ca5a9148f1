import Foundation
import Harness
import Platform
import Records
import TestSupport
import Testing

/// Runs in surroundings that are narrower or stranger than usual.
@Suite(.blocking) struct SurroundingsTests {
  private static let run = [
    "--workload", "sum,stress", "--model", "single,fork,dispatch", "--workers", "1,2", "--kernel", "scalar",
    "--upto",
    "1e5", "--seconds", "0.02", "--trials", "1", "--warmup", "0", "--quiet",
  ]
  /// A run of one configuration, whose trials are not chosen yet.
  private static let smallest = [
    "--workload", "stress", "--model", "single", "--seconds", "0.01", "--warmup", "0", "--quiet",
  ]

  @Test(
    "no environment variable stops a run or changes its number format",
    arguments: [
      ["TZ": "Pacific/Kiritimati"], ["LC_ALL": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"], ["PATH": ""],
      ["HOME": ""],
      ["TMPDIR": "/no/such/folder"], ["LANG": "tr_TR", "LC_ALL": "tr_TR"],
    ])
  func environmentVariable(environment: [String: String]) throws {
    let folder = try Folder()
    let running = try Program("scaleup").start(
      Self.run + ["--output", "run.json"], in: folder, environment: environment)
    let outcome = try running.wait()
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("\nsum 0…10^5, "))
    #expect(outcome.output.contains(#/ \d+\.\d+ (µs|ms) /#))
    let run = try RunFile.read("\(folder.path)/run.json")
    #expect(run.startedAt.hasSuffix("Z") && run.trials.allSatisfy { $0.failure == nil })
  }

  @Test("a path may have spaces and letters of any script")
  func pathMay() throws {
    let folder = try Folder()
    let name = "ein Ordner für 測定 'n \"q\" $HOME"
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/\(name)", withIntermediateDirectories: false)
    let outcome = try Program("scaleup").run(Self.run + ["--output", "\(name)/löp.json"], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(try RunFile.read("\(folder.path)/\(name)/löp.json").trials.count == 10)
    #expect(try Program("scaleup").run(["report", "\(name)/löp.json"], in: folder).status == 0)
  }

  @Test("a symbolic link that the user names stays, and its target is replaced with the same mode")
  func symbolicLink() throws {
    let (folder, other) = (try Folder(), try Folder())
    try other.write("old", to: "run.json")
    chmod("\(other.path)/run.json", 0o600)
    for (link, target) in [("latest.json", "\(other.path)/run.json"), ("page.html", "new.html")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/\(link)", withDestinationPath: target)
    }
    let outcome = try Program("scaleup").run(Self.run + ["--output", "latest.json"], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(try RunFile.read("\(other.path)/run.json").trials.count == 10)
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(other.path)/run.json")
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let report = try Program("scaleup").run(["report", "latest.json", "--html", "page.html"], in: folder)
    #expect(report.status == 0, "\(report.error)")
    #expect(folder.names == ["latest.json", "new.html", "page.html"] && other.names == ["run.json"])
    for link in ["latest.json", "page.html"] {
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/\(link)") != "")
    }
  }

  @Test("files whose names are not UTF-8 are kept apart, and read back")
  func names() throws {
    let folder = try Folder()
    let shell = """
      one=$(printf 'r\\351.json') two=$(printf 'r\\352.json')
      "$0" "$@" --trials 1 --output "$one" && "$0" "$@" --trials 2 --output "$two" || exit
      "$0" report "$one" --format csv && "$0" report "$two" --format csv && "$0" report "$two" --html page
      """
    let outcome = try Program(path: "/bin/sh").run(
      ["-c", shell, Program("scaleup").path] + Self.smallest, in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(folder.names == ["page", "r\u{10F7E9}.json", "r\u{10F7EA}.json"])
    for (name, count) in zip(folder.names.dropFirst(), [1, 2]) {
      #expect(try RunFile.read("\(folder.path)/\(name)").trials.count == count)
    }
  }

  @Test("the suite works in a directory whose name is not UTF-8")
  func directory() throws {
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single"])
    let shell = """
      place=$(printf 'caf\\351')
      mkdir "$place" && mv scaleup scaleup-single "$place" && "$place/scaleup" "$@" --trials 1 --no-save
      """
    let outcome = try Program(path: "/bin/sh").run(["-c", shell, "sh"] + Self.smallest, in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("stress"))
  }

  @Test("a run works with few file descriptors, or names the limit")
  func runWorksFew() throws {
    for limit in [8, 12, 16, 24, 32] {
      let folder = try Folder()
      let outcome = try limited("-n \(limit)", Self.run + ["--output", "run.json"], folder)
      #expect([0, 1].contains(outcome.status), "\(limit): \(outcome.error)")
      if outcome.status == 0 {
        #expect(try RunFile.read("\(folder.path)/run.json").trials.count == 10)
      } else {
        #expect(
          (outcome.output + outcome.error).contains("Too many open files"), "\(limit): \(outcome.error)")
      }
    }
    let enough = try limited("-n 64", Self.run + ["--no-save"], try Folder())
    #expect(enough.status == 0, "\(enough.error)")
  }

  @Test(
    "a limit on file sizes is reported, and the saved results stay",
    .disabled(if: Sanitizer.isThread, "the sanitizer maps a file of its own, which is larger"))
  func limitFile() throws {
    let folder = try Folder()
    let plan = Self.run + ["--output", "run.json"]
    #expect(try Program("scaleup").run(plan, in: folder).status == 0)
    let before = folder.text("run.json")
    let outcome = try limited("-f 4", plan, folder)
    #expect(outcome.status == 64, "found before anything is measured")
    #expect(outcome.error.contains("File too large"), "\(outcome.error)")
    #expect(folder.text("run.json") == before)
    #expect(folder.names == ["run.json"])
  }

  @Test("a run works without standard input, and reports a closed or full standard output")
  func runWorks() throws {
    let folder = try Folder()
    let program = try Program("scaleup").path
    let words = (Self.run + ["--no-save"]).joined(separator: " ")
    let input = try Program(path: "/bin/sh").run(["-c", "exec '\(program)' \(words) <&-"], in: folder)
    #expect(input.status == 0, "\(input.error)")
    let output = try Program(path: "/bin/sh").run(["-c", "exec '\(program)' \(words) >&-"], in: folder)
    #expect(output.status == 1)
    #expect(output.error.contains("standard output"), "\(output.error)")
    let full = try Program(path: "/bin/sh").run(["-c", "exec '\(program)' \(words) >/dev/full"], in: folder)
    #expect(full.status == 1)
    #expect(full.error.contains("No space left on device"), "\(full.error)")
  }

  @Test(
    "an unwritable directory is reported before anything is measured",
    .enabled("a small file system can be mounted here") { SmallDisk.isPossible })
  func unwritableDirectory() throws {
    let disk = try SmallDisk(kilobytes: 64)
    try mount(["-o", "remount,ro", disk.path])
    let outcome = try Program("scaleup").run(
      Self.run + ["--output", "\(disk.path)/run.json"], in: try Folder())
    #expect(outcome.status == 64)
    #expect(
      outcome.error.contains("Read-only file system") && outcome.error.split(separator: "\n").count == 1)
  }

  @Test(
    "a mounted file, which cannot be replaced, is reported before anything is measured",
    .enabled("a small file system can be mounted here") { SmallDisk.isPossible })
  func mountedFile() throws {
    let folder = try Folder()
    for name in ["outside", "run.json"] { try folder.write("old", to: name) }
    try mount(["--bind", "\(folder.path)/outside", "\(folder.path)/run.json"])
    defer { _ = try? Program(path: "/bin/umount").run(["\(folder.path)/run.json"]) }
    for words in [Self.run + ["--output", "run.json"], ["report", "none", "--html", "run.json"]] {
      let outcome = try Program("scaleup").run(words, in: folder)
      #expect(outcome.status == 64 && outcome.output == "")
      #expect(outcome.error.contains("cannot replace the mounted file run.json"), "\(outcome.error)")
      #expect(outcome.error.split(separator: "\n").count == 1)
    }
    #expect(folder.text("outside") == "old" && folder.names == ["outside", "run.json"])
  }

  private func mount(_ words: [String]) throws {
    try #require(try Program(path: "/bin/mount").run(words).status == 0)
  }

  /// Runs the harness under a limit of the shell's.
  private func limited(_ limit: String, _ words: [String], _ folder: Folder) throws -> Program.Outcome {
    let program = try Program("scaleup").path
    return try Program(path: "/bin/sh").run(
      ["-c", "ulimit \(limit); exec '\(program)' \(words.joined(separator: " "))"], in: folder)
  }
}
