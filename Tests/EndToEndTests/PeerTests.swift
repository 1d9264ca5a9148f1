import Foundation
import Harness
import Platform
import Records
import Testing

/// The peers as they are in Benchmarks/Peers: built with the tools of this machine, and run. A test whose tool is
/// missing says that it is skipped.
@Suite(.blocking) struct PeerTests {
  /// The checkout that these tests are of.
  private static let checkout = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path(
      percentEncoded: false)

  private static func has(_ tool: String) -> Bool {
    File.executable(tool, searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "") != nil
  }

  /// A folder with the suite and, as in a checkout, one peer.
  private func folder(_ peer: String) throws -> Folder {
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single"])
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/Benchmarks/Peers", withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: "\(Self.checkout)/Benchmarks/Peers/\(peer)", toPath: "\(folder.path)/Benchmarks/Peers/\(peer)")
    return folder
  }

  private func run(_ folder: Folder, _ arguments: [String]) throws -> Program.Outcome {
    try Program(path: "\(folder.path)/scaleup").run(
      ["--peers", "--trials", "1", "--warmup", "0", "--output", "run.json"] + arguments, in: folder)
  }

  @Test(
    "the C peer is built once and sums with every kernel and schedule it has",
    .enabled(if: has("gcc"), "gcc is not on the PATH"))
  func cPeer() throws {
    let folder = try folder("COpenMP")
    let arguments = [
      "--model", "single,openmp", "--workload", "sum,stress,empty", "--upto", "100000", "--seconds", "0.01",
      "--workers", "1,2",
    ]
    let outcome = try run(folder, arguments)
    #expect(outcome.status == 0, "\(outcome.error)\(outcome.output)")
    let saved = try RunFile.read("\(folder.path)/run.json")
    let peers = saved.plan.configurations.filter { $0.isPeer == true }
    #expect(
      peers.map { "\($0.workload) \($0.kernel) \($0.workers)" } == [
        "sum scalar 1", "sum scalar 2", "sum simd 2", "stress scalar 1", "stress scalar 2", "empty scalar 1",
        "empty scalar 2",
      ])
    #expect(!outcome.output.contains("~") && outcome.output.contains("\nopenmp "))
    #expect(folder.text("run.json")?.contains(folder.path) == false)
    let built = try #require(File.changeTime("\(folder.path)/peers/openmp/openmp"))
    let scheduled = try run(folder, arguments + ["--schedule", "static,dynamic,guided", "--grain", "999"])
    #expect(scheduled.status == 0, "\(scheduled.error)\(scheduled.output)")
    #expect(try #require(File.changeTime("\(folder.path)/peers/openmp/openmp")) == built)
    for kind in ["static", "dynamic", "guided"] { #expect(scheduled.output.contains(" \(kind) 999 ")) }
  }

  @Test(
    "the Node peer adds floating-point numbers, which is marked and not a failure",
    .enabled(if: has("node"), "node is not on the PATH"))
  func nodePeer() throws {
    let folder = try folder("NodeSingleProcess")
    let outcome = try run(folder, ["--model", "single,node", "--workload", "sum", "--upto", "300000000"])
    #expect(outcome.status == 0, "\(outcome.error)\(outcome.output)")
    #expect(
      outcome.output.contains("\nnode~") && outcome.output.contains("\n~ node computed "),
      "\(outcome.error)\(outcome.output)")
  }

  @Test(
    "a peer whose toolchain is installed is exact",
    arguments: [
      ("GoGoroutines", "go", "go"), ("RustThreads", "rust", "rustc"),
      ("JavaParallelStreams", "java", "javac"),
      ("PythonMultiprocessing", "python", "python3"),
    ].filter { has($0.2) })
  func peerWhose(folderName: String, model: String, tool: String) throws {
    let folder = try folder(folderName)
    let outcome = try run(
      folder,
      [
        "--model", "single,\(model)", "--workload", "sum", "--kernel", "scalar", "--upto", "50000",
        "--workers", "1,2",
      ])
    #expect(outcome.status == 0, "\(outcome.error)\(outcome.output)")
    let saved = try RunFile.read("\(folder.path)/run.json")
    #expect(saved.plan.configurations.count { $0.model == model } == 2)
    #expect(saved.trials.allSatisfy { $0.failure == nil } && !outcome.output.contains("~"))
  }

  @Test("a peer without its toolchain is named with how to install it, and the run continues")
  func peerWithout() throws {
    let folder = try folder("COpenMP")
    let running = try Program(path: "\(folder.path)/scaleup").start(
      ["--peers", "--quick", "--workload", "sum", "--upto", "1000", "--no-save"], in: folder,
      environment: ["PATH": "/nowhere"])
    let outcome = try running.wait()
    #expect(outcome.status == 0)
    #expect(
      outcome.error.contains(
        "openmp is left out: gcc is not on the PATH; install it (Debian: apt-get install gcc)\n"))
    #expect(outcome.output.contains("\nsingle "))
  }

  @Test("a width or a binding in the environment of the run does not reach a peer")
  func environment() throws {
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single"])
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/Benchmarks/Peers/Bound", withIntermediateDirectories: true)
    let script =
      #"if env | grep -E '^(GOMAXPROCS|OMP_|UV_|KMP_)' >&2; then exit 1; fi; "#
      + #"echo '{\"schema\":\"scaleup.trial/1\",\"result\":\"500500\",\"region\":1}'"#
    try folder.write(
      #"{"schema":"scaleup.peer/1","tools":["sh"],"install":"","run":["sh","-c","\#(script)"],"#
        + #""describes":{"schema":"scaleup.model/1","model":"bound","summary":"","version":"1","#
        + #""maximumWorkers":4,"workloads":[{"name":"sum","summary":"","extent":"numbers"}]}}"#,
      to: "Benchmarks/Peers/Bound/peer.json")
    let outcome = try Program(path: "\(folder.path)/scaleup").start(
      [
        "--peers", "--workload", "sum", "--kernel", "scalar", "--upto", "1000", "--workers", "2", "--trials",
        "1",
        "--warmup", "0", "--no-save", "--model", "single,bound",
      ], in: folder,
      environment: [
        "GOMAXPROCS": "1", "OMP_NUM_THREADS": "1", "OMP_PROC_BIND": "true", "OMP_PLACES": "{0}",
        "UV_THREADPOOL_SIZE": "1", "KMP_AFFINITY": "compact",
      ]
    ).wait()
    #expect(outcome.status == 0, "\(outcome.error)\(outcome.output)")
    #expect(outcome.output.contains("\nbound "))
  }

  @Test("a peer that fails to build is named, the run continues and exits with 1")
  func peerFails() throws {
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single"])
    let peer = "\(folder.path)/Benchmarks/Peers/Broken"
    try FileManager.default.createDirectory(atPath: peer, withIntermediateDirectories: true)
    try folder.write(
      #"{"schema":"scaleup.peer/1","tools":["sh"],"install":"","run":["sh"],"#
        + #""build":["sh","-c","echo 'main.x:1: error: no' >&2; exit 1"],"describes":{"schema":"scaleup.model/1","#
        + #""model":"broken","summary":"","version":"1","maximumWorkers":1,"workloads":[]}}"#,
      to: "Benchmarks/Peers/Broken/peer.json")
    let outcome = try run(folder, ["--workload", "sum", "--upto", "1000"])
    #expect(outcome.status == 1)
    #expect(
      outcome.error.hasSuffix(
        "FAILED: cannot build broken: sh exited with status 1: main.x:1: error: no\n"))
    #expect(outcome.output.contains("\nsingle ") && !outcome.output.contains("broken"))
    #expect(try run(folder, ["--workload", "sum", "--upto", "1000", "--model", "single"]).status == 0)
  }

  @Test("a requested peer without its toolchain is refused with the reason")
  func requestedPeer() throws {
    let folder = try folder("COpenMP")
    let running = try Program(path: "\(folder.path)/scaleup").start(
      ["--peers", "--model", "single,openmp"], in: folder, environment: ["PATH": "/nowhere"])
    let outcome = try running.wait()
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.error.hasPrefix("openmp is left out: gcc is not on the PATH; install it "))
    #expect(outcome.error.contains("\nscaleup: invalid value for --model: 'openmp' (expected "))
  }

  @Test("without a directory of peers, one line says so")
  func withoutDirectory() throws {
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single"])
    let outcome = try run(folder, [])
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.error.hasPrefix("scaleup: cannot find the directory Benchmarks/Peers, here or above"))
    #expect(outcome.error.split(separator: "\n").count == 1)
  }
}
