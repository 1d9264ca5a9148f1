import ModelKit

@main
enum Main {
  @MainActor static func main() async {
    // Asked on the main thread: what follows runs on the pool.
    if let shortage = TaskGroups.program.threadShortage() { exitProcess(shortage.deliver()) }
    let output = await TaskGroups.program.run(CommandLine.arguments, TaskGroups.run)
    exitProcess(output.deliver())
  }
}
