//! What an audit found, in words.

use store::audit::Fault;

use super::Lang;

impl Lang {
    /// `task/12 is gone from the database, and no entry tells why`
    pub fn audit_fault(self, fault: &Fault) -> String {
        match fault {
            Fault::Gap { expected, found: Some(found) } => self.audit_fault_gap(expected, found),
            Fault::Gap { expected, found: None } => self.audit_fault_cut(expected),
            Fault::Chain { sequence } => self.audit_fault_chain(sequence, sequence - 1),
            Fault::Changed { sequence } => self.audit_fault_changed(sequence),
            Fault::Head => self.audit_fault_head().to_owned(),
            Fault::Before { sequence, row } => self.audit_fault_before(sequence, row),
            Fault::Row { row } => self.audit_fault_row(row),
            Fault::Unknown { row } => self.audit_fault_unknown(row),
            Fault::Gone { row } => self.audit_fault_gone(row),
            Fault::Load { load } => self.audit_fault_load(load),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_what_the_store_says() {
        let row = || "task/12".to_owned();
        for fault in [
            Fault::Gap { expected: 3, found: Some(4) },
            Fault::Gap { expected: 3, found: None },
            Fault::Chain { sequence: 5 },
            Fault::Changed { sequence: 5 },
            Fault::Head,
            Fault::Before { sequence: 5, row: row() },
            Fault::Row { row: row() },
            Fault::Unknown { row: row() },
            Fault::Gone { row: row() },
            Fault::Load { load: "load/1".to_owned() },
        ] {
            assert_eq!(Lang::En.audit_fault(&fault), fault.to_string());
            assert_ne!(Lang::Vi.audit_fault(&fault), fault.to_string());
        }
    }
}
