// swift-tools-version: 6.2
import PackageDescription

/// The concurrency models. Each is a directory in Benchmarks/ and becomes the executable `scaleup-<name>`.
let models = [
  (name: "single", directory: "SingleThreaded"),
  (name: "fork", directory: "ForkedProcesses"),
  (name: "dispatch", directory: "DispatchConcurrentPerform"),
  (name: "taskgroup", directory: "TaskGroups"),
  (name: "threads", directory: "Threads"),
]

/// The programs that only the lessons of `scaleup demo` run: the executable `scaleup-experiment`.
let experiments = "Experiments"

/// The trait that enables MPI: `--traits MPI`.
let mpi = "MPI"

/// The model for several machines, in Benchmarks/MPI. Without the trait, its executable only explains how to build it.
let messagePassing: [Target] = [
  .systemLibrary(
    name: "MPILibrary", path: "Benchmarks/MPI/Library", pkgConfig: "mpi",
    providers: [.apt(["libopenmpi-dev"]), .brew(["open-mpi"])]),
  .target(
    name: "CMPI", dependencies: [.target(name: "MPILibrary", condition: .when(traits: [mpi]))],
    path: "Benchmarks/MPI/CMPI",
    cSettings: [.define("SCALEUP_MPI", .when(traits: [mpi]))]),
  .executableTarget(
    name: "MPI", dependencies: ["ModelKit", .target(name: "CMPI", condition: .when(traits: [mpi]))],
    path: "Benchmarks/MPI",
    exclude: ["CMPI", "Library", "README.md"]),
]

/// The libraries and their allowed imports. CI rejects an import that is not listed here.
let libraries: [(name: String, imports: [String])] = [
  ("CPlatform", []),
  ("CKernels", []),
  ("Platform", ["CPlatform"]),
  ("Workloads", ["CKernels"]),
  ("Records", []),
  ("HTTP", []),
  ("Load", ["HTTP", "Platform", "Records", "Statistics"]),
  ("Formatting", []),
  ("Arguments", ["Formatting"]),
  ("ModelKit", ["Workloads", "Platform", "Records", "Arguments", "Formatting", "HTTP"]),
  ("Statistics", []),
  ("Queueing", []),
  ("Autoscaling", []),
  ("Simulation", ["Autoscaling", "Queueing", "Statistics", "Records"]),
  ("Fleet", ["Autoscaling", "HTTP", "Platform", "Records"]),
  ("Analysis", ["Records", "Statistics", "Queueing", "Formatting"]),
  ("Report", ["Analysis", "Statistics", "Records", "Formatting"]),
  ("Import", ["Records", "Formatting"]),
  ("Harness", ["Analysis", "Platform", "Records", "Statistics", "Formatting"]),
]

/// The imports of `scaleup`. It also depends on every model and on the experiments, so that building it builds their
/// executables next to it.
let commandLine = [
  "Harness", "Fleet", "Report", "Analysis", "Autoscaling", "Queueing", "Simulation", "Import", "Load", "HTTP",
  "Statistics", "Records",
  "Formatting", "Platform", "Arguments",
]

/// The tested modules, and what their tests import in addition to the module.
let tests: [(module: String, imports: [String])] = [
  ("Platform", ["CPlatform"]),
  ("Workloads", []),
  ("Records", []),
  ("HTTP", []),
  ("Load", ["HTTP", "Platform", "Records"]),
  ("Arguments", []),
  ("Formatting", []),
  ("ModelKit", ["Workloads", "Platform", "Records", "Arguments", "HTTP"]),
  ("ForkedProcesses", ["ModelKit"]),
  ("Experiments", ["ModelKit"]),
  ("Statistics", []),
  ("Queueing", []),
  ("Autoscaling", []),
  ("Simulation", ["Autoscaling", "Queueing", "Statistics", "Records"]),
  ("Fleet", ["Autoscaling", "HTTP", "Platform", "Records"]),
  ("Analysis", ["Records"]),
  ("Report", ["Analysis", "Records", "Formatting"]),
  ("Import", ["Records"]),
  ("Harness", ["Analysis", "Platform", "Records", "Formatting"]),
  ("scaleup", ["Analysis", "Arguments", "Fleet", "Harness", "Platform", "Records"]),
]

/// The modules whose tests have a directory of expected output or recorded files, which they read from the source tree.
let golden = ["ModelKit": "Golden", "Report": "Golden", "Import": "Files"]

/// The modules that are optimised in debug builds too: tests call their loops millions of times.
let hot: Set = [
  "Statistics", "TestSupport", "Workloads", "Analysis", "Records", "Formatting", "Import", "Arguments",
  "Harness", "HTTP", "Load", "Report", "Queueing", "Autoscaling", "Simulation",
]

/// The settings of a module in debug builds. An optimised module is compiled as a whole, because that takes less CPU time
/// than a specialisation of its generic functions for every file.
func settings(of module: String) -> [SwiftSetting] {
  let flags = ["-O", "-whole-module-optimization", "-num-threads", "2", "-disable-batch-mode"]
  return hot.contains(module) ? [.unsafeFlags(flags, .when(configuration: .debug))] : []
}

/// The C math library, which Swift's rounding calls. On Linux it is linked automatically only if Glibc is imported.
let mathematics = LinkerSetting.linkedLibrary("m", .when(platforms: [.linux]))

let package = Package(
  name: "scaleup",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "scaleup", targets: ["scaleup"])]
    + models.map { .executable(name: "scaleup-\($0.name)", targets: [$0.directory]) }
    + [
      .executable(name: "scaleup-experiment", targets: [experiments]),
      .executable(name: "scaleup-mpi", targets: ["MPI"]),
    ],
  traits: [.trait(name: mpi, description: "scaleup-mpi with the MPI library that pkg-config knows as mpi")],
  targets: libraries.map { library in
    .target(
      name: library.name, dependencies: library.imports.map { .init(stringLiteral: $0) },
      swiftSettings: settings(of: library.name), linkerSettings: [mathematics])
  }
    + models.map { model in
      .executableTarget(
        name: model.directory, dependencies: ["ModelKit"], path: "Benchmarks/\(model.directory)",
        exclude: ["README.md"])
    }
    + messagePassing + [
      .executableTarget(
        name: experiments, dependencies: ["ModelKit", "CKernels"], path: "Benchmarks/\(experiments)",
        exclude: ["README.md"]),
      .executableTarget(
        name: "scaleup",
        dependencies: (commandLine + models.map(\.directory) + [experiments, "MPI"]).map {
          .init(stringLiteral: $0)
        }),
      .target(
        name: "TestSupport", dependencies: ["Platform", "Statistics"], path: "Tests/TestSupport",
        swiftSettings: settings(of: "TestSupport"), linkerSettings: [mathematics]),
      .testTarget(
        name: "EndToEndTests",
        dependencies: [
          "scaleup", "Autoscaling", "Fleet", "Harness", "HTTP", "Platform", "Records", "TestSupport",
        ],
        exclude: ["Golden"]),
    ]
    + tests.map { test in
      .testTarget(
        name: "\(test.module)Tests",
        dependencies: ([test.module, "TestSupport"] + test.imports).map { .init(stringLiteral: $0) },
        exclude: golden[test.module].map { [$0] } ?? [])
    },
  swiftLanguageModes: [.v6]
)
