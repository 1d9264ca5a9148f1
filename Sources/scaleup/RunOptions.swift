import Arguments
import Harness

/// The options of `scaleup run`.
enum RunOptions {
  static let workload = Option<[String]>(
    "workload", "NAMES", words("a workload such as sum", example: "sum"),
    help: "the workloads, with commas between (default: sum,stress; see scaleup list)")
  static let model = Option<[String]>(
    "model", "NAMES", words("a model such as fork", example: "fork"),
    help: "the models, with commas between (default: all)")
  static let workers = Option<[Int]>(
    "workers", "P,P,…", Reader<Int>.count(in: 1...4096, example: "1,2,4").list(),
    help: "the numbers of workers (default: 1, 2, 4 … effective CPUs; single has always 1)")
  static let launcher = Option<Launcher>(
    "launcher", "COMMAND", launcherReader,
    help: "what starts the processes of mpi, such as \"mpirun -n {workers}\" (default: mpi is left out)")
  static let threadsPerRank = Option<[Int]>(
    "threads-per-rank", "T,T,…", Reader<Int>.count(in: 1...4096, example: "1,4").list(),
    help: "the threads of each process of mpi; the launcher then has {ranks} in it (default 1)")
  static let kernel = Option<[String]>(
    "kernel", "NAMES", words("a kernel such as simd", example: "simd"),
    help: "the inner loops: scalar, simd, avx2 … (default: scalar, and simd at the most workers)")
  static let schedule = Option<[String]>(
    "schedule", "KINDS", Reader<String>.word(of: ["static", "dynamic", "guided"]).list(),
    help: "how numbers are dealt to workers: static, dynamic, guided (default: one range a worker)")
  static let grain = Option<UInt64>(
    "grain", "G", .wholeNumber(in: 1...UInt64.max - 1, example: "1e6"),
    help: "the numbers in a chunk, for guided the fewest (default: 64 chunks a worker)")
  static let upTo = Option<UInt64>(
    "upto", "N", .wholeNumber(in: 0...UInt64.max - 1, example: "1e10"),
    help: "the last number to sum, such as 1e10 (default: what one worker does in half a second)")
  static let seconds = Option<Seconds>(
    "seconds", "S", .seconds(in: 0.001...3600, example: "1"),
    help: "how long a stress trial takes (default: up to 1, as fits in a minute)")
  static let repetitions = Option<Int>(
    "repetitions", "R", .count(in: 1...100_000, example: "100"),
    help: "regions that each trial runs in one process, to tell first use from steady state (default 1)")
  static let trials = Option<Int>(
    "trials", "COUNT", .count(in: 1...100_000, example: "5"),
    help: "trials that count; with --budget the fewest (default: at least 5)")
  static let budget = Option<Seconds>(
    "budget", "S", .seconds(in: 1...1_000_000, example: "300"),
    help: "seconds in which more rounds are tried until every median is known to ±1 % (default 45)")
  static let warmUps = Option<Int>(
    "warmup", "COUNT", .count(in: 0...1000, example: "1"), help: "trials before them that do not (default 1)")
  static let seed = Option<UInt64>(
    "seed", "N", .wholeNumber(in: 0...UInt64.max, example: "1"),
    help: "what the random order of the trials follows from (default: a new one each run, which is recorded)")
  static let peers = Flag(
    "peers", help: "time the programs in other languages too, those whose tools are here")
  static let program = Option<[NamedProgram]>(
    "program", "NAME=PATH", NamedProgram.reader.list(),
    help: "time a program of your own too; it is called as a model is (several with commas between)")
  static let baseline = Option<String>(
    "baseline", "FILE", .text("the path of a results file", example: "results/run.json"),
    help: "do the work of this saved run, and compare with it")
  static let resume = Option<String>(
    "resume", "FILE", .text("the path of a results file", example: "results/run.json"),
    help: "carry on a run that ended early; its plan stands, and nothing is measured twice")
  static let quick = Flag("quick", help: "everything once, without warm-up, in a few seconds")
  static let output = Option<String>(
    "output", "FILE", .text("the path of a results file", example: "results/run.json"),
    help: "where to save the run (default: results/<host>-<UTC time>.json)")
  static let noSave = Flag("no-save", help: "do not save the run")
  static let label = Option<String>(
    "label", "NAME", .text("a name for this machine", example: "laptop"),
    help: "a name for this machine in place of its host name")
  static let quiet = Flag("quiet", help: "no progress and no notes, only the result")
  static let timeout = Option<Seconds>(
    "timeout", "S", .seconds(in: 0.001...1_000_000, example: "60"),
    help: "how long a trial may take before it has failed (default: a minute and ten times its estimate)")
  static let retries = Option<Int>(
    "retries", "R", .count(in: 0...1_000_000, example: "3"),
    help: "how many workers that die or do not answer fork may replace in a trial (default 3)")

  /// All of them, in the order of the help.
  static let all = [
    workload.syntax, model.syntax, workers.syntax, launcher.syntax, threadsPerRank.syntax, kernel.syntax,
    schedule.syntax, grain.syntax, upTo.syntax,
    seconds.syntax, repetitions.syntax, trials.syntax, budget.syntax, warmUps.syntax, seed.syntax,
    peers.syntax,
    program.syntax, baseline.syntax, GateOption.option.syntax, resume.syntax, quick.syntax,
    OutputFormat.option.syntax,
    output.syntax, noSave.syntax, label.syntax, quiet.syntax,
    timeout.syntax, retries.syntax,
  ]

  /// Those that may stand beside `--resume`: what they say is not in the plan.
  static let besideResume = [
    resume.syntax, launcher.syntax, peers.syntax, program.syntax, baseline.syntax, GateOption.option.syntax,
    OutputFormat.option.syntax, quiet.syntax, timeout.syntax, retries.syntax,
  ]

  private static let launcherReader = Reader<Launcher>(
    expected: "a command in which {workers} or {ranks} stands for what to start, and every quote is closed",
    example: "\"mpirun -n {workers}\"", parse: { Launcher($0) })

  /// Words that are checked later, against what the executables say they have.
  private static func words(_ expected: String, example: String) -> Reader<[String]> {
    Reader<String>.text(expected, example: example).list()
  }

  /// The members of a set that were asked for by name, in the order in which the set has them.
  ///
  /// - Parameter standard: The names of those that are meant where none is asked for; `nil` means all.
  /// - Throws: `UsageError` for a word that names none of them.
  static func choose<Member>(
    _ option: Option<[String]>, _ matches: Matches, from members: [Member], known: [String],
    name: (Member) -> String, otherwise standard: [String]? = nil
  ) throws(UsageError) -> [Member] {
    guard let words = matches.value(of: option) else {
      return members.filter { standard?.contains(name($0)) ?? true }
    }
    let reader = Reader<String>.word(of: known)
    for word in words {
      if case .failure(let problem) = reader.read(word) {
        throw .invalidValue(option: option.name, problem)
      }
    }
    return members.filter { words.contains(name($0)) }
  }
}
