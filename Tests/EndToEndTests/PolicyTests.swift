import Foundation
import Testing

/// `scaleup plan --decide` and `--export` as a user calls them.
@Suite(.blocking) struct PolicyTests {
  private static let state = """
    {"policy":{"kind":"target-tracking","target":50,"max":12},"current":10,"metric":75}
    """

  /// The directory of the example policies.
  private static let examples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Benchmarks/Deployment/Policies").path

  private func plan(_ arguments: String...) throws -> Program.Outcome {
    try Program("scaleup").run(["plan"] + arguments)
  }

  @Test("a decision is one line of JSON with its reason and its limit, from a file and from standard input")
  func decision() throws {
    let folder = try Folder()
    try folder.write(Self.state, to: "state.json")
    let line =
      "{\"desired\":12,\"wanted\":15,\"reason\":\"utilization 75 % is over the target 50 %: ceil(10 × 75 % / 50 %) = 15\","
      + "\"limitedBy\":\"max\"}\n"
    let outcome = try plan("--decide", "\(folder.path)/state.json")
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output == line)
    let input = try #require(FileHandle(forReadingAtPath: "\(folder.path)/state.json"))
    let piped = try Program("scaleup").start(["plan", "--decide", "-"], input: input).wait()
    #expect(piped.output == line, "\(piped.error)")
  }

  @Test("a decision that nothing limits says null")
  func unlimited() throws {
    let folder = try Folder()
    try folder.write(Self.state.replacing("12", with: "90"), to: "state.json")
    let outcome = try plan("--decide", "\(folder.path)/state.json")
    #expect(outcome.output.hasSuffix("\"limitedBy\":null}\n"))
  }

  @Test(
    "a state that makes no sense ends with one line and status 64",
    arguments: [
      ("", "is empty"), ("{", "is truncated or not JSON"), ("[1]", "the state is expected"),
      (state.replacing("\"max\"", with: "\"most\""), "unknown field in the policy: 'most'"),
      (state.replacing("50", with: "0"), "'target' in the policy that is 0"),
      (state.replacing("75", with: "1e999"), "number"),
    ])
  func refused(text: String, words: String) throws {
    let folder = try Folder()
    try folder.write(text, to: "state.json")
    let outcome = try plan("--decide", "\(folder.path)/state.json")
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.error.contains(words) && outcome.error.contains("state.json"), "\(outcome.error)")
    #expect(outcome.error.split(separator: "\n").count == 1)
  }

  @Test("a file that cannot be read, and options that contradict each other, end with status 64")
  func refusedArguments() throws {
    #expect(try plan("--decide", "/nowhere.json").status == 64)
    #expect(try plan("--decide", "/").status == 64)
    #expect(try plan("--export", "hpa").error.contains("takes one policy, not 0"))
    #expect(try plan("--export", "hpa", "--policy", "hpb").error.contains("did you mean hpa?"))
    #expect(try plan("--export", "hpa", "--policy", "hpa", "--min", "5", "--max", "4").status == 64)
    #expect(try plan("--export", "asg", "--policy", "hpa").error.contains("try --export hpa"))
    #expect(try plan("--export", "asg", "--policy", "step", "--max", "4", "--desired", "9").status == 64)
  }

  @Test(
    "exports pass the schemas of Kubernetes and of the AWS command line",
    .enabled(if: SchemaChecker.python != nil, SchemaChecker.lack))
  func schemas() throws {
    let folder = try Folder()
    let sizes = ["--min", "1", "--desired", "2", "--max", "9"]
    let exports = [
      ("hpa", "hpa"), ("hpa", "\(Self.examples)/cautious-hpa.json"), ("asg", "none"),
      ("asg", "target-tracking"),
      ("asg", "step"), ("asg", "simple"), ("asg", "scheduled"), ("asg", "backlog"),
      ("asg", "\(Self.examples)/office-hours.json"),
    ]
    for (index, (format, policy)) in exports.enumerated() {
      let outcome = try Program("scaleup").run(["plan", "--policy", policy, "--export", format] + sizes)
      #expect(outcome.status == 0, "\(outcome.error)")
      try folder.write(outcome.output, to: "\(index).\(format)")
    }
    let python = try #require(SchemaChecker.python)
    let outcome = try Program(path: python).run(["-c", SchemaChecker.script, folder.path])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    #expect(outcome.output == "\(exports.count) checked\n")
  }

  @Test(
    "the Kubernetes objects of the deployment notes pass the schemas, and an exported autoscaler finds its Deployment",
    .enabled(if: SchemaChecker.python != nil, SchemaChecker.lack))
  func deployment() throws {
    let folder = try Folder()
    let objects = try String(
      contentsOfFile: "\(Self.examples)/../Instance/kubernetes.yaml", encoding: .utf8)
    let policy = try plan("--policy", "hpa", "--min", "2", "--max", "10", "--export", "hpa")
    let texts = objects.split(separator: "\n---\n").map(String.init) + [policy.output]
    for (index, text) in texts.enumerated() {
      try folder.write(text, to: "\(index).hpa")
    }
    let python = try #require(SchemaChecker.python)
    let outcome = try Program(path: python).run(["-c", SchemaChecker.script, folder.path])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    #expect(outcome.output == "4 checked\n")
    #expect(objects.contains("kind: Deployment\nmetadata:\n  name: scaleup\n"))
    #expect(policy.output.contains("kind: Deployment\n    name: scaleup\n"))
  }
}

/// The schemas of the engines that policies are exported to, in packages of Python.
private enum SchemaChecker {
  static let lack: Comment =
    "no Python with kubernetes-validate and botocore (install them, or name one in SCALEUP_PYTHON)"

  /// The Python that has the packages; `nil` if there is none.
  static let python: String? = {
    let environment = ProcessInfo.processInfo.environment
    let named = environment["SCALEUP_PYTHON"].map { [$0] } ?? []
    let found = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }
    let path = (named + found).first { FileManager.default.isExecutableFile(atPath: $0) }
    let words = ["-c", "import kubernetes_validate, botocore"]
    guard let path, let outcome = try? Program(path: path).run(words) else { return nil }
    return outcome.status == 0 ? path : nil
  }()

  /// Checks the files of the directory in its argument, and prints their number.
  static let script = """
    import json, pathlib, sys
    import kubernetes_validate, yaml
    from botocore.loaders import Loader
    from botocore.model import ServiceModel
    from botocore.validate import ParamValidator

    services = {
        "create-auto-scaling-group": ("autoscaling", "CreateAutoScalingGroup"),
        "put-scaling-policy": ("autoscaling", "PutScalingPolicy"),
        "put-metric-alarm": ("cloudwatch", "PutMetricAlarm"),
        "put-scheduled-update-group-action": ("autoscaling", "PutScheduledUpdateGroupAction"),
    }
    models = {name: ServiceModel(Loader().load_service_model(name, "service-2")) for name, _ in services.values()}
    count = 0
    for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        text = file.read_text()
        if file.suffix == ".hpa":
            kubernetes_validate.validate(yaml.safe_load(text), kubernetes_validate.latest_version(), strict=True)
        else:
            for command, value in json.loads(text).items():
                service, operation = services[command]
                shape = models[service].operation_model(operation).input_shape
                for item in value if isinstance(value, list) else [value]:
                    report = ParamValidator().validate(item, shape)
                    if report.has_errors():
                        sys.exit(f"{file.name}: {command}: {report.generate_report()}")
        count += 1
    print(count, "checked")
    """
}
