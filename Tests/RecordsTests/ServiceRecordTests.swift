import TestSupport
import Testing

@testable import Records

struct ServiceRecordTests {
  private let record = ServiceRecord(
    version: "1.2.3", model: "fork", workers: 2, address: "127.0.0.1", port: 41234, process: 4711)

  @Test("a service record is one line with every member, and is read back unchanged")
  func roundTrip() throws {
    #expect(
      record.jsonText
        == #"{"schema":"scaleup.service/1","version":"1.2.3","model":"fork","workers":2,"#
        + #""address":"127.0.0.1","port":41234,"process":4711}"#)
    #expect(try JSON(record.jsonText) == JSON(encoded(record)))
    #expect(try decoded(ServiceRecord.self, record.jsonText) == record)
    #expect(record.contradiction == nil)
  }

  @Test("a service record without a member, or of another version, is refused")
  func incomplete() throws {
    #expect(throws: DecodingError.self) {
      try decoded(ServiceRecord.self, record.jsonText.replacing(#""port":41234,"#, with: ""))
    }
    #expect(throws: RecordError.self) {
      try decoded(ServiceRecord.self, record.jsonText.replacing("service/1", with: "service/2"))
    }
  }

  @Test("a port, worker count or process that cannot be is refused")
  func bounds() {
    let edits: [(String, (inout ServiceRecord) -> Void)] = [
      ("port", { $0.port = 0 }), ("port", { $0.port = 65536 }), ("workers", { $0.workers = 0 }),
      ("process", { $0.process = -1 }),
      ("address", { $0.address = String(repeating: "1", count: 1001) }),
    ]
    for (member, edit) in edits {
      var edited = record
      edit(&edited)
      #expect(edited.contradiction?.hasPrefix("has an invalid value at '\(member)'") == true)
    }
  }

  @Test("a model that serves says so, and any other is described as before")
  func serves() throws {
    var model = ModelDescription(
      model: "m", summary: "s", version: "1", maximumWorkers: 1, serves: true, workloads: [])
    #expect(model.jsonText.contains(#""serves":true"#))
    #expect(try decoded(ModelDescription.self, model.jsonText) == model)
    model.serves = nil
    #expect(!model.jsonText.contains("serves"))
    #expect(try decoded(ModelDescription.self, model.jsonText) == model)
  }
}
