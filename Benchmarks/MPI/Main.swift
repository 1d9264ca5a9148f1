import ModelKit

#if MPI
  @main
  enum Main {
    static func main() {
      let model = MessagePassing()
      let output = MessagePassing.program.run(CommandLine.arguments, ranks: model.join, model.run)
      exitProcess(model.leave(saying: output))
    }
  }
#else
  /// Without MPI the executable can do nothing, and says so when it is asked what it can do.
  @main
  enum Main {
    static func main() {
      let lack = "built without MPI; build it with: swift build -c release --traits MPI"
      let description = ModelDescription(
        model: "mpi", summary: lack, version: suiteVersion, maximumWorkers: 1, workloads: [])
      let output =
        CommandLine.arguments.dropFirst() == ["--describe"]
        ? ProgramOutput(output: description.jsonText + "\n")
        : ProgramOutput(error: "scaleup-mpi: \(lack)\n", status: 1)
      exitProcess(output.deliver())
    }
  }
#endif
