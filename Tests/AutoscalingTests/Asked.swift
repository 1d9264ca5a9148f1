import Autoscaling
import Foundation

/// Returns the decision on a state in JSON, as `scaleup plan --decide` makes it.
func decision(_ json: String) throws -> Decision {
  try JSONDecoder().decode(PolicyQuestion.self, from: Data(json.utf8)).answer
}

/// Returns the error of a state or policy in JSON, or `nil` if there is none.
func problem<Value: Decodable>(_ json: String, as type: Value.Type = PolicyQuestion.self) -> String? {
  do {
    _ = try JSONDecoder().decode(type, from: Data(json.utf8))
    return nil
  } catch {
    return "\(error)"
  }
}

/// A state for an autoscaler that recommends `recommendation` pods, by an external metric.
func limited(
  _ current: Int, recommendation: Int, behavior: String = "{}", history: String = "{}", min: Int = 1,
  max: Int = 1000
) -> String {
  """
  {"policy":{"kind":"hpa","metrics":[{"external":"load","targetAverage":1}],"min":\(min),"max":\(max),
   "behavior":\(behavior)},"current":\(current),"metric":\(recommendation),"history":\(history)}
  """
}

/// A state for an autoscaler of one resource or metric of pods.
func pods(_ pods: String, metric: String, current: Int) -> String {
  """
  {"policy":{"kind":"hpa","metrics":[\(metric)],"min":1,"max":1000},"current":\(current),"pods":[\(pods)]}
  """
}

/// A state for CPU utilization. Each pod is its use in millicores of a request of 1000; `!` stands for a pod that is not
/// ready, `?` for one without a sample, `.` for one that is pending, `x` for one that has failed.
func cpu(_ words: String, target: Int, current: Int? = nil) -> String {
  let list = words.split(separator: " ").map { word -> String in
    let digits = word.filter(\.isNumber)
    var members = digits.isEmpty ? [] : ["\"cpu\":\(digits)"]
    members.append("\"request\":1000")
    if word.contains("!") { members.append("\"ready\":false") }
    if word.contains(".") { members.append("\"phase\":\"Pending\"") }
    if word.contains("x") { members.append("\"phase\":\"Failed\"") }
    return "{\(members.joined(separator: ","))}"
  }
  return pods(
    list.joined(separator: ","), metric: "{\"resource\":\"cpu\",\"targetUtilization\":\(target)}",
    current: current ?? list.count)
}
