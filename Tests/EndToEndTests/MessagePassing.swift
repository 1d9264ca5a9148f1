import Foundation
import Harness
import Platform
import Records
import Testing

/// MPI as it can be tried on this machine.
enum MessagePassing {
  /// The executable that was built with MPI: the one that `SCALEUP_MPI` names, or the one beside the tests, if it was.
  static let executable =
    ProcessInfo.processInfo.environment["SCALEUP_MPI"]
    ?? (isBeside ? try? Program("scaleup-mpi").path : nil)

  /// Whether the executable beside the tests was built with MPI.
  static let isBeside =
    (try? Program("scaleup-mpi").run(["--describe"]).output.contains(#""isLaunched":true"#)) ?? false

  /// Whether it can be tried.
  static let isHere = executable != nil && path(of: "mpirun") != nil

  /// Why it is not, where it is not.
  static let lack: Comment = """
    mpirun is not on the PATH, or scaleup-mpi is built without MPI: build it with --traits MPI, and set SCALEUP_MPI \
    to its path
    """

  /// The variables without which Open MPI refuses to run as root.
  static let environment = ["OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"]

  static func path(of tool: String) -> String? {
    File.executable(tool, searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "")
  }

  /// Runs the model with a launcher's words before it.
  static func run(_ launcher: [String] = [], ranks: Int, _ arguments: [String]) throws -> Program.Outcome {
    let mpirun = Program(path: try #require(path(of: "mpirun")))
    let words = ["--oversubscribe", "--bind-to", "none"] + launcher
    return try mpirun.start(
      words + ["-n", "\(ranks)", try #require(executable)] + arguments, environment: environment
    ).wait()
  }

  /// A folder with the suite, MPI and `single` alone.
  static func suite() throws -> Folder {
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single"])
    try FileManager.default.copyItem(
      atPath: try #require(executable), toPath: "\(folder.path)/scaleup-mpi")
    return folder
  }

  /// Runs the suite of a folder.
  static func runSuite(
    of folder: Folder, launcher: String = "mpirun --oversubscribe --bind-to none -n {workers}",
    _ arguments: [String]
  ) throws -> Program.Running {
    try Program(path: "\(folder.path)/scaleup").start(
      ["--launcher", launcher, "--trials", "1", "--warmup", "0", "--output", "run.json"] + arguments,
      in: folder, environment: environment)
  }

  static func record(_ output: String) throws -> TrialRecord {
    try JSONDecoder().decode(TrialRecord.self, from: Data(output.utf8))
  }
}
