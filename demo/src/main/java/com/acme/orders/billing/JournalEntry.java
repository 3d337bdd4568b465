package com.acme.orders.billing;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the auditors' journal: one for every transaction that is committed. */
@Entity
@Table(name = "journal")
class JournalEntry {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String entry;

    protected JournalEntry() {}

    JournalEntry(String entry) {
        this.entry = entry;
    }

    Long id() {
        return id;
    }

    String entry() {
        return entry;
    }
}
