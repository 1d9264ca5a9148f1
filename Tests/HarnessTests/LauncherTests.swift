import Records
import Testing

@testable import Harness

struct LauncherTests {
  @Test(
    "a launcher command is split into words without a shell",
    arguments: [
      ("mpirun -n {workers}", ["mpirun", "-n", "{workers}"]),
      ("  srun\t-n  {ranks} ", ["srun", "-n", "{ranks}"]),
      (#"mpirun --host 'a b':2 -n {workers} """#, ["mpirun", "--host", "a b:2", "-n", "{workers}", ""]),
      (#"x "it's {workers}" $HOME \a"#, ["x", "it's {workers}", "$HOME", "a"]),
    ])
  func words(command: String, words: [String]) {
    #expect(Launcher(command)?.words == words)
  }

  @Test(
    "a launcher command needs a program, closed quotes and a placeholder for the worker count",
    arguments: ["", "  ", "mpirun -n 4", "'mpirun -n {workers}", "'' {workers}", "mpirun {worker}"])
  func refused(command: String) {
    #expect(Launcher(command) == nil)
  }

  @Test("placeholders are filled in anywhere in the command")
  func placeholders() throws {
    let launcher = try #require(Launcher("mpirun --map-by slot:PE={threads} -n {ranks} --tag={workers}"))
    #expect(
      launcher.words(workers: 8, threads: 4) == ["mpirun", "--map-by", "slot:PE=4", "-n", "2", "--tag=8"])
    #expect(launcher.knowsRanks && Launcher("a {workers}")?.knowsRanks == false)
  }

  /// The model `mpi`, which needs a launcher, and another.
  private var catalog: ModelCatalog {
    var description = model("mpi").description
    description.isLaunched = true
    return ModelCatalog(models: [
      model("single"), InstalledModel(path: "/suite/scaleup-mpi", description: description),
    ])
  }

  @Test("models that need a launcher are set aside without one, with the reason")
  func noLauncher() {
    let aside = catalog.launching(with: nil)
    #expect(aside.models.map(\.description.model) == ["single"])
    #expect(aside.idle["mpi"]?.contains("--launcher") == true)
  }

  @Test("the launcher is executed with the model's path and arguments after its own words")
  func command() throws {
    let launched = catalog.launching(
      with: Launcher("nowhere-to-be-found -n {ranks} -t {threads}"), searchPath: "/none")
    let configuration = Configuration(model: "mpi", workload: "sum", workers: 6, threadsPerRank: 3)
    let command = try #require(launched.models.last).command(for: configuration)
    #expect(command.path == "nowhere-to-be-found")
    #expect(command.arguments == ["-n", "2", "-t", "3", "/suite/scaleup-mpi"])
    #expect(try #require(launched.models.first).command(for: configuration).arguments == [])
  }

  @Test("threads per rank are planned if they divide the workers, for launched models only")
  func plan() throws {
    var request = PlanRequest(
      models: catalog.launching(with: Launcher("m {ranks}")).models, workloads: [sumWorkload],
      workers: [1, 2, 4, 6],
      kernels: ["scalar"], upTo: 10, trials: 1, warmUps: 0, budget: 1, effectiveCPUs: 4)
    request.threadsPerRank = [1, 4, 3]
    let planned = request.plan(costs: Costs()).configurations.filter { $0.model == "mpi" }
    #expect(
      planned.map { [$0.workers, $0.threadsPerRank ?? 1] } == [
        [1, 1], [2, 1], [4, 1], [4, 4], [6, 1], [6, 3],
      ])
    request.threadsPerRank = nil
    #expect(request.plan(costs: Costs()).configurations.allSatisfy { $0.threadsPerRank == nil })
  }
}
