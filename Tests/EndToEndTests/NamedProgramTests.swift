import Foundation
import Harness
import Records
import Testing

/// `--program NAME=PATH` with programs that work, and with others.
@Suite(.blocking) struct NamedProgramTests {
  private static let options = [
    "--workload", "sum", "--kernel", "scalar", "--upto", "20000", "--workers", "1,2", "--trials", "2",
    "--warmup",
    "0", "--output", "run.json", "--model",
  ]
  /// Shell words that set `sum` to that of 0…N, where the shell can count as far.
  private static let setSum = "sum=0; if [ \"$6\" -le 1000000000 ]; then sum=$(($6 * ($6 + 1) / 2)); fi"

  private static func record(_ members: String = "", result: String = "$sum", region: String = "1000")
    -> String
  {
    #"{\"schema\":\"scaleup.trial/1\",\#(members)\"result\":\"\#(result)\",\"region\":\#(region)}"#
  }

  /// A folder with a program that does not describe itself.
  private func folder(_ script: String, name: String = "program") throws -> Folder {
    let folder = try Folder()
    try folder.write(
      "#!/bin/sh\nif [ \"$1\" = --describe ]; then exit 64; fi\n\(Self.setSum)\n\(script)\n", to: name,
      isExecutable: true)
    return folder
  }

  private func run(
    _ folder: Folder, models: String = "single,mine", _ arguments: [String] = ["--program", "mine=program"]
  ) throws -> Program.Outcome {
    try Program("scaleup").run(Self.options + [models] + arguments, in: folder)
  }

  private func rows(_ outcome: Program.Outcome, _ model: String) -> [Substring] {
    outcome.output.split(separator: "\n").filter { $0.hasPrefix(model) && !$0.hasSuffix(".") }
  }

  @Test("a program that prints the sum is a model, even without a description")
  func programPrints() throws {
    let outcome = try run(folder("echo \"$@\" >>calls; echo \"\(Self.record())\""))
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(rows(outcome, "mine ").map { $0.split(separator: " ")[1] } == ["1", "2"])
    #expect(!outcome.output.contains("FAILED") && !outcome.output.contains("~"))
  }

  @Test("a program is called like a model")
  func programCalled() throws {
    let folder = try folder("echo \"$@\" >>calls; echo \"\(Self.record())\"")
    #expect(try run(folder).status == 0)
    let calls = try #require(folder.text("calls")).split(separator: "\n")
    #expect(calls.first == "sum --workers 1 --json --upto 10000")
    let trials = (1...2).map { "sum --workers \($0) --json --upto 20000" }
    #expect(calls.suffix(4).map(String.init).sorted() == (trials + trials).sorted())
  }

  @Test("a program that describes itself runs what it can do under its given name")
  func programDescribes() throws {
    let folder = try Folder()
    try folder.write(
      """
      #!/bin/sh
      if [ "$1" = --describe ]; then
        echo '{"schema":"scaleup.model/1","model":"other","summary":"s","version":"7","maximumWorkers":1,'
        echo '"schedules":["dynamic"],"workloads":[{"name":"sum","summary":"s","extent":"numbers",'
        echo '"kernels":["scalar","fancy"]},{"name":"stress","summary":"s","extent":"period"}]}'
      else
        echo "$@" >>calls
        \(Self.setSum)
        echo "\(Self.record("\\\"model\\\":\\\"mine\\\","))"
      fi

      """, to: "program", isExecutable: true)
    let arguments = [
      "--program", "mine=program", "--kernel", "fancy", "--schedule", "dynamic", "--grain", "5",
    ]
    let scaleup = try Program("scaleup")
    let outcome = try scaleup.run(
      ["--workload", "sum", "--upto", "20000", "--trials", "1", "--warmup", "0", "--no-save"] + arguments,
      in: folder)
    #expect(outcome.status == 0, "\(outcome.error)\(outcome.output)")
    let calls = try #require(folder.text("calls")).split(separator: "\n")
    #expect(calls.last == "sum --workers 1 --json --upto 20000 --kernel fancy --schedule dynamic --grain 5")
    #expect(rows(outcome, "mine ").count == 1 && rows(outcome, "single").isEmpty)
  }

  @Test("a program's path may have spaces and needs no slash")
  func programPath() throws {
    let folder = try folder("echo \"\(Self.record())\"", name: "my prögram")
    for path in ["my prögram", "./my prögram", "\(folder.path)/my prögram"] {
      let outcome = try run(folder, ["--program", "mine=\(path)"])
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(rows(outcome, "mine ").count == 2)
      #expect(folder.text("run.json")?.contains("prögram") == false)
    }
  }

  @Test("an inexact answer has a mark and a note, and is not a failure")
  func inexactAnswer() throws {
    let outcome = try run(folder("echo \"\(Self.record(result: "$((sum + 1))"))\""))
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(rows(outcome, "mine~ ").count == 2)
    #expect(
      outcome.output.contains(
        "\n~ mine computed 200010001 instead of 200010000, a relative error of 5.0·10^-9\n"))
  }

  @Test("a slow program has a smaller N, a mark and a note")
  func slowProgram() throws {
    // One that says it took what it took: as long for any N, and half a second for 10000 numbers.
    let outcome = try run(folder("sleep 0.5; echo \"\(Self.record(region: "500000000"))\""))
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(rows(outcome, "mine* ").count == 2)
    #expect(
      outcome.output.contains(
        "\n* N is 10^4 for mine; speedups compare rates\n"))
    #expect(outcome.output.contains("\nsum 0…2·10^4, "))
  }

  @Test("a program alone has an N for half a second")
  func programAlone() throws {
    let folder = try folder("sleep 0.5; echo \"\(Self.record(region: "500000000"))\"")
    let outcome = try Program("scaleup").run(
      ["--quick", "--no-save", "--model", "mine", "--workers", "1", "--program", "mine=program"], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("\nsum 0…10^4, "))
    #expect(outcome.output.contains("mine with 1 worker is the fastest peer.\n"))
  }

  @Test(
    "a program with a taken name is refused before anything is measured",
    arguments: ["single=program", "mine=program,mine=./program"])
  func programTaken(programs: String) throws {
    let folder = try folder("echo \"\(Self.record())\"")
    let outcome = try run(folder, ["--program", programs])
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.error.contains("a model already has this name (choose another)"))
    #expect(outcome.error.split(separator: "\n").count == 1)
  }

  @Test("a program also runs beside models selected by name")
  func programAlso() throws {
    let folder = try folder("echo \"\(Self.record())\"")
    let outcome = try run(folder, models: "single")
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(rows(outcome, "mine ").count == 2)
  }

  @Test("a program without anything requested is left out with a line")
  func programWithout() throws {
    let folder = try Folder()
    try folder.write(
      """
      #!/bin/sh
      echo '{"schema":"scaleup.model/1","model":"x","summary":"","version":"","maximumWorkers":-2,"workloads":[]}'

      """, to: "program", isExecutable: true)
    let outcome = try run(folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(
      outcome.error.contains(
        "mine is left out: it has none of the chosen workloads, kernels and worker counts"))
    #expect(rows(outcome, "single ").count == 1 && !outcome.output.contains("mine"))
  }
}
