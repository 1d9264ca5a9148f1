import Analysis
import Formatting

/// The columns about energy, of machines that have readable counters.
extension ReportColumn {
  static let energies = [
    ReportColumn(
      "energy", .resources, rank: 8,
      meaning:
        "The energy of the processors in one trial, from the start to the end of the process, or of the whole machine "
        + "if only that is counted. It includes what the idle machine and other programs use."
    ) { row, _ in
      row.median(of: \.energy).map { Readable.energy(joules: $0) }
    },
    ReportColumn(
      "idle part", .resources, rank: 10,
      meaning:
        "The part of the energy that the idle machine would have used: its power before the run × the wall time."
    ) { row, workload in
      row.median(of: { $0.idlePart(ofPower: workload.idlePower) }).map(Readable.percent)
    },
    ReportColumn(
      "work/J", .resources, rank: 8, meaning: "The numbers or operations per joule of the energy."
    ) { row, _ in
      row.median(of: \.workPerJoule).map(Readable.large)
    },
    ReportColumn(
      "memory energy", .resources, rank: 10,
      meaning: "The energy of memory in one trial, which the energy of the processors does not include."
    ) { row, _ in
      row.median(of: \.memoryEnergy).map { Readable.energy(joules: $0) }
    },
  ]
}
