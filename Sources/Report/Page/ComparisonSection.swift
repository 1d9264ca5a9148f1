import Records

extension PageSection {
  /// Makes the section of a comparison: a bar chart per kind of work, the gains and their factors, the work for money, and the
  /// changes of configurations. `nil` if nothing is compared.
  init?(_ comparison: ComparisonRecord) {
    let folded = comparison.folded
    let sections = (folded.gainSections + folded.changeSections).map { section in
      var section = section
      // A sortable table has no empty cells.
      section.table = section.table.map { table in
        Table(
          columns: table.columns, rows: table.rows.map { $0.map { $0.isEmpty ? Table.undefined : $0 } })
      }
      return section
    }
    self.init(
      "comparison", "What the other machine gains",
      PageSection.grid(comparison.gainDrawings, "gain")
        + sections.flatMap { PageSection.content(of: $0) })
  }
}

extension ComparisonRecord {
  /// The elements at the top of the page: the figures that decide, and the answers in sentences.
  var pageAnswer: Markup {
    let card = CardFigure.card(
      "Is the other machine worth it?", leadingGains.flatMap { GainAnswer($0, in: self).figures })
    let notes = verdicts.map { Markup.element("p", ["class": "verdict"], $0) }
    let cautions = (refusals + changeNotes).map { Markup.element("p", ["class": "quiet"], $0) }
    return .element(
      "div", [:], [.element("p", ["class": "quiet"], comparedTitle)] + card + notes + cautions)
  }
}
