package com.acme.onengine;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
class Item {

    @Id
    private long id;

    private String name;

    Item() {}

    Item(long id, String name) {
        this.id = id;
        this.name = name;
    }

    long id() {
        return id;
    }

    String name() {
        return name;
    }
}
