use super::*;

const BODY: BodyHash = BodyHash::from_bytes([1; 32]);

fn id(number: u64) -> ExternalId {
    ExternalId::new(format!("order-{number:05}")).unwrap()
}

/// Returns this many settled ids; the ticket of each has its number.
fn settled(count: u64) -> SeenIds {
    let mut seen = SeenIds::new().unwrap();
    for line in 1..=count {
        seen.insert(&id(line), line, BODY).unwrap();
        seen.mark_settled(&id(line), line as i64, true).unwrap();
    }
    seen
}

#[test]
fn an_id_is_known_from_its_first_line_on() {
    let mut seen = SeenIds::new().unwrap();
    assert_eq!(seen.get(&id(1)).unwrap(), None);
    seen.insert(&id(1), 3, BODY).unwrap();
    let found = seen.get(&id(1)).unwrap().unwrap();
    assert_eq!(
        (found.line, found.body, found.state),
        (3, BODY, IdState::UnderWay)
    );
    seen.mark_settled(&id(1), 9, true).unwrap();
    let found = seen.get(&id(1)).unwrap().unwrap();
    assert_eq!(found.state, IdState::Settled { ticket_id: 9 });
    seen.remove(&id(1)).unwrap();
    assert_eq!(seen.get(&id(1)).unwrap(), None);
}

#[test]
fn lines_in_doubt_wait_for_the_end() {
    let mut seen = SeenIds::new().unwrap();
    seen.insert(&id(1), 3, BODY).unwrap();
    seen.mark_in_doubt(&id(1), 3).unwrap();
    seen.mark_in_doubt(&id(1), 5).unwrap();
    assert_eq!(seen.get(&id(1)).unwrap().unwrap().state, IdState::InDoubt);
    let lines = |seen: &SeenIds, mut after| -> Vec<_> {
        let found = seen.in_doubt_after(&mut after).unwrap();
        found
            .iter()
            .flatten()
            .map(|line| (line.line, line.first, line.ticket_id))
            .collect()
    };
    assert_eq!(lines(&seen, 0), [(3, 3, None), (5, 3, None)]);
    assert_eq!(seen.audit(id(1).as_str(), 8).unwrap(), Listed::Found);
    assert_eq!(lines(&seen, 3), [(5, 3, Some(8))]);
    assert_eq!(lines(&seen, 5), []);
}

#[test]
fn the_list_is_compared_with_what_should_be_in_it() {
    let mut seen = settled(4);
    seen.insert(&id(5), 5, BODY).unwrap();
    seen.mark_settled(&id(5), 5, false).unwrap();
    assert_eq!(seen.to_audit().unwrap(), 4);
    let mut audit = |key, ticket| seen.audit(id(key).as_str(), ticket).unwrap();
    assert_eq!(audit(1, 1), Listed::Known);
    assert_eq!(audit(2, 2), Listed::Known);
    // Another one of the same id, twice as pages may overlap.
    assert_eq!(audit(2, 20), Listed::Known);
    assert_eq!(audit(2, 20), Listed::Known);
    // Another one in place of the one that should be there.
    assert_eq!(audit(3, 30), Listed::Known);
    // Audited before, or never heard of.
    assert_eq!(audit(5, 50), Listed::Foreign);
    assert_eq!(audit(6, 60), Listed::Foreign);

    assert_eq!(seen.confirmed_after(&mut None).unwrap().unwrap(), [id(1)]);
    assert_eq!(
        seen.unseen_after(&mut None).unwrap().unwrap(),
        [(id(3), Some(3)), (id(4), Some(4))]
    );
    assert_eq!(
        seen.duplicated_after(&mut None).unwrap().unwrap(),
        [(id(2), 2, vec![20]), (id(3), 3, vec![30])]
    );
}

#[test]
fn long_lists_come_in_parts() {
    let count = 2 * u64::from(CHUNK) + 10;
    let seen = settled(count);
    let mut all = Vec::new();
    let mut last = None;
    while let Some(part) = seen.unseen_after(&mut last).unwrap() {
        assert!(part.len() <= CHUNK as usize);
        all.extend(part);
    }
    assert_eq!(all.len() as u64, count);
}

#[test]
fn nothing_to_audit_is_no_audit() {
    let mut seen = SeenIds::new().unwrap();
    assert_eq!(seen.to_audit().unwrap(), 0);
    seen.insert(&id(1), 1, BODY).unwrap();
    seen.mark_settled(&id(1), 1, false).unwrap();
    assert_eq!(seen.to_audit().unwrap(), 0);
}
