import ModelKit

@main
enum Main {
  @MainActor static func main() async {
    let output = await TaskGroups.program.run(CommandLine.arguments, TaskGroups.run)
    exitProcess(output.deliver())
  }
}
