import ModelKit

@main
enum Main {
  @MainActor static func main() async {
    // Without threads for its pool, Swift's runtime would wait forever. Checked on the main thread, outside the pool.
    if let shortage = TaskGroups.program.threadShortage() { exitProcess(shortage.deliver()) }
    let output = await TaskGroups.program.run(CommandLine.arguments, TaskGroups.run)
    exitProcess(output.deliver())
  }
}
