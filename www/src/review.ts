//! The Review as the core writes it: the generated types, under the names the page uses. Nothing is computed here.

export type {
  Action, AffectedEntry, AffectedEntry as Affected, Asked, AttributeValue, Because, ChangeEntry, Confidence, CostComponentEntry as CostComponent, DependencyEntry,
  DiagnosticEntry as Diagnostic, DisabledEntry, Fact, FileEntry, FindingEntry as Finding, MoneyRange, NotCompared, NotKnownEntry as NotKnown,
  ResourceCostEntry as ResourceCost, ResourceEntry, ResourceImpact, Reversible, Review, RollbackEntry as Rollback, Severity, Side, Source,
  StepEntry as Step, Tier, TierEntry,
} from '../../pkg/plumbline';
