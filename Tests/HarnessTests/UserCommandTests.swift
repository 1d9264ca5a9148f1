import Records
import Testing

@testable import Harness

struct UserCommandTests {
  private func command(
    _ line: String, prepare: String? = nil, _ change: (inout UserCommand.Settings) -> Void = { _ in }
  ) throws -> UserCommand {
    var settings = UserCommand.Settings()
    change(&settings)
    return try UserCommand(name: "x", line: line, prepare: prepare, settings, searchPath: "/usr/bin:/bin")
  }

  @Test("placeholders are filled in anywhere in the words and in the environment, after the words were split")
  func placeholders() throws {
    let command = try command("env -a'{workers} {workers}' {copy}") {
      $0.environment = ["N={workers}", "A=b"]
    }
    let launch = command.launch(workers: 12, copy: 3)
    #expect(launch.arguments == ["-a12 12", "3"])
    #expect(launch.environment == ["N=12", "A=b"])
    #expect(launch.path.hasSuffix("/env") && launch.output == .discarded && launch.leadsSession)
  }

  @Test("only a shell gets the command line as it is")
  func shell() throws {
    let line = "a | b -j{workers} >c"
    #expect(throws: ShellWordsError.shellOperator("|")) { try command(line) }
    let launch = try command(line) { $0.usesShell = true }.launch(workers: 2, copy: 1)
    #expect(launch.path == "/bin/sh" && launch.arguments == ["-c", "a | b -j2 >c"])
  }

  @Test("workers in the words or in the environment are workers, those of a preparation are not")
  func workers() throws {
    #expect(try command("a {workers}").hasWorkers)
    #expect(try command("a") { $0.environment = ["N={workers}"] }.hasWorkers)
    #expect(try !command("a", prepare: "b {workers}").hasWorkers)
  }

  @Test(
    "a program that cannot be executed is found before anything is measured",
    arguments: [
      ("nowhere-to-be-found {workers}", "cannot find 'nowhere-to-be-found' on the PATH"),
      ("./nowhere {workers}", "cannot find './nowhere'"),
      ("/etc/passwd {workers}", "'/etc/passwd' is not an executable"),
      ("/bin {workers}", "'/bin' is not an executable"),
    ])
  func absence(line: String, reason: String) throws {
    #expect(try command(line).absence?.hasPrefix(reason) == true)
    #expect(try command(line) { $0.usesShell = true }.absence == nil)
  }

  @Test("a program that exists, or whose name depends on the workers, is accepted")
  func presence() throws {
    #expect(try command("env {workers}").absence == nil)
    #expect(try command("./run-{workers}").absence == nil)
    #expect(try command("bin/env {workers}") { $0.directory = "/usr" }.absence == nil)
  }

  @Test("what is saved of a command has no absolute path")
  func work() throws {
    let command = try command("/opt/zstd -T{workers} -o /tmp/x src/a") { $0.isParallel = true }
    #expect(command.work == CommandWork(line: "zstd -T{workers} -o x src/a", isParallel: true))
  }

  @Test("hooks with the number of workers differ by it, and others do not")
  func hooks() throws {
    let command = try command("a {workers}", prepare: "p") { settings in
      (settings.setup, settings.cleanup) = ("make T={workers}", "rm x")
    }
    #expect(command.setup(workers: 2)?.line == "make T=2")
    #expect(command.setup(workers: 3)?.line == "make T=3")
    #expect(command.cleanup(workers: 2)?.line == command.cleanup(workers: 3)?.line)
    #expect(command.prepare(workers: 1)?.option == "prepare")
    let launch = command.launch(try #require(command.setup(workers: 2)))
    #expect(launch.keepsGroup && launch.input == nil)
  }
}
