import ModelKit

#if MPI
  @main
  enum Main {
    static func main() {
      let model = MessagePassing()
      let output = MessagePassing.program.run(CommandLine.arguments, ranks: model.join, model.run)
      exitProcess(model.leave(printing: output))
    }
  }
#else
  /// The executable without MPI, which only describes how to build it.
  @main
  enum Main {
    static func main() {
      let reason = "built without MPI; build it with: swift build -c release --traits MPI"
      let description = ModelDescription(
        model: "mpi", summary: reason, version: suiteVersion, maximumWorkers: 1, workloads: [])
      let output =
        CommandLine.arguments.dropFirst() == ["--describe"]
        ? ProgramOutput(output: description.jsonText + "\n")
        : ProgramOutput(error: "scaleup-mpi: \(reason)\n", status: 1)
      exitProcess(output.deliver())
    }
  }
#endif
