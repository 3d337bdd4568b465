package com.acme.sessions;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/** An entry in the books, of both worlds: an annotation whose library is not there is none. */
@javax.persistence.Entity(name = "Entry")
@javax.persistence.Table(name = "entry")
@jakarta.persistence.Entity(name = "Entry")
@jakarta.persistence.Table(name = "entry")
@SuppressWarnings("serial")
public class Entry implements Serializable {

    @javax.persistence.Id
    @jakarta.persistence.Id
    private int id;

    private int amount;

    @javax.persistence.ElementCollection
    @javax.persistence.CollectionTable(name = "note", joinColumns = @javax.persistence.JoinColumn(name = "entry_id"))
    @javax.persistence.Column(name = "text")
    @jakarta.persistence.ElementCollection
    @jakarta.persistence.CollectionTable(
            name = "note",
            joinColumns = @jakarta.persistence.JoinColumn(name = "entry_id"))
    @jakarta.persistence.Column(name = "text")
    private Set<String> notes = new HashSet<>();

    public Entry() {}

    public Entry(int id, int amount) {
        this.id = id;
        this.amount = amount;
    }

    public int getId() {
        return id;
    }

    public void setId(int id) {
        this.id = id;
    }

    public int getAmount() {
        return amount;
    }

    public void setAmount(int amount) {
        this.amount = amount;
    }

    public Set<String> getNotes() {
        return notes;
    }

    public void setNotes(Set<String> notes) {
        this.notes = notes;
    }
}
