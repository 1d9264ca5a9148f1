import Report
import Testing

/// Pictures of small runs, letter by letter.
struct PictureGoldenTests {
  private static let pictures = svgPictures(of: [pictureRun(cores: 2)])

  @Test(
    "the pictures of a run on two CPUs match their golden files",
    arguments: [
      "sum-scalar-speedup", "sum-scalar-efficiency", "sum-times", "stress-times", "sum-losses",
      "sum-fork-2-scalar-gantt", "sum-fork-2-scalar-cores",
    ])
  func one(name: String) throws {
    let picture = try #require(Self.pictures.first { $0.name == name })
    try compare(picture.svg, "\(name).svg")
  }

  @Test("the pictures of kernels, schedules and peers match their golden files")
  func peers() throws {
    let picture = try #require(svgPictures(of: [syntheticPeerRun]).first { $0.name == "sum-scalar-speedup" })
    try compare(picture.svg, "peers-speedup.svg")
  }

  @Test("the pictures of two machines match their golden files")
  func machines() throws {
    let runs = [pictureRun(cores: 2), pictureRun(cores: 8, host: "bench-2")]
    let picture = try #require(svgPictures(of: runs).first { $0.name == "sum-scalar-machines" })
    try compare(picture.svg, "sum-machines.svg")
  }
}
