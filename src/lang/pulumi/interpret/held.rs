//! What the values of a program share: counted as by `std::rc::Rc`, and freed without recursion, circles too.
//!
//! A program may put a list into a list into a list, a hundred thousand deep; freed the plain way, that takes a stack as
//! deep. So the last owner hands its content to a list that is emptied from outside.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc;

use super::value::{ClassValue, Instance, Scope};

/// A shared value. The second part is dropped after the first.
pub struct Rc<T: 'static>(rc::Rc<T>, Emptying);

/// Empties the list of what waits to be freed, unless that is being done further out.
struct Emptying;

trait Content {}
impl<T> Content for T {}

thread_local! {
    static WAITING: RefCell<Vec<rc::Rc<dyn Content>>> = const { RefCell::new(Vec::new()) };
    static ANY: Cell<bool> = const { Cell::new(false) };
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

impl<T: 'static> Rc<T> {
    pub fn new(value: T) -> Rc<T> {
        Rc(rc::Rc::new(value), Emptying)
    }

    pub fn ptr_eq(one: &Rc<T>, other: &Rc<T>) -> bool {
        rc::Rc::ptr_eq(&one.0, &other.0)
    }

    pub fn as_ptr(this: &Rc<T>) -> *const T {
        rc::Rc::as_ptr(&this.0)
    }
}

impl<T: Clone + 'static> Rc<T> {
    pub fn make_mut(this: &mut Rc<T>) -> &mut T {
        rc::Rc::make_mut(&mut this.0)
    }
}

impl<T: 'static> Clone for Rc<T> {
    fn clone(&self) -> Rc<T> {
        Rc(self.0.clone(), Emptying)
    }
}

impl<T: Default + 'static> Default for Rc<T> {
    fn default() -> Rc<T> {
        Rc::new(T::default())
    }
}

impl<T: 'static> Deref for Rc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: 'static> Drop for Rc<T> {
    fn drop(&mut self) {
        if rc::Rc::strong_count(&self.0) == 1 && WAITING.try_with(|waiting| waiting.borrow_mut().push(self.0.clone())).is_ok() {
            ANY.set(true);
        }
    }
}

impl Drop for Emptying {
    fn drop(&mut self) {
        if !ANY.get() || BUSY.replace(true) {
            return;
        }
        while let Ok(Some(content)) = WAITING.try_with(|waiting| waiting.borrow_mut().pop()) {
            drop(content);
        }
        ANY.set(false);
        BUSY.set(false);
    }
}

/// What may hold itself: a function its scope, which names it; a class its methods, which know
/// it; an object a function that took it along. Taken apart in the end.
#[derive(Default)]
pub struct Circles {
    scopes: Vec<rc::Weak<Scope>>,
    classes: Vec<rc::Weak<ClassValue>>,
    instances: Vec<rc::Weak<Instance>>,
}

impl Circles {
    /// A function was made in a scope.
    pub fn scope(&mut self, scope: &Rc<Scope>) {
        if self.scopes.last().is_none_or(|last| last.as_ptr() != Rc::as_ptr(scope)) {
            self.scopes.push(rc::Rc::downgrade(&scope.0));
        }
    }

    pub fn class(&mut self, class: &Rc<ClassValue>) {
        self.classes.push(rc::Rc::downgrade(&class.0));
    }

    pub fn instance(&mut self, instance: &Rc<Instance>) {
        self.instances.push(rc::Rc::downgrade(&instance.0));
    }
}

impl Drop for Circles {
    fn drop(&mut self) {
        for scope in self.scopes.iter().filter_map(rc::Weak::upgrade) {
            drop(scope.names.take());
        }
        for class in self.classes.iter().filter_map(rc::Weak::upgrade) {
            for members in [&class.members, &class.getters, &class.setters] {
                drop(members.take());
            }
        }
        for instance in self.instances.iter().filter_map(rc::Weak::upgrade) {
            drop(instance.fields.take());
            drop(instance.inner.take());
        }
    }
}

#[cfg(test)]
mod tests {

    #[test]
    fn nothing_of_a_program_is_left_when_its_outcome_is_gone() {
        let text = "import * as aws from \"@pulumi/aws\";\nclass A { f = () => this; g() { return A; } }\nconst a = new A();\nconst f = (n: number): any => f(n - 1);\n\
            function make() { const inner = () => inner; return inner; }\nconst kept = [make(), a.f, new A()];\n";
        let mut outcome = crate::lang::pulumi::interpret::javascript::tests::outcome(&[("index.ts", text)]);
        let (scopes, classes) = (outcome.circles.scopes.clone(), outcome.circles.classes.clone());
        outcome.resources.clear();
        drop(outcome);
        assert!(scopes.len() > 2 && classes.len() == 1, "{} {}", scopes.len(), classes.len());
        assert!(scopes.iter().all(|it| it.strong_count() == 0));
        assert!(classes.iter().all(|it| it.strong_count() == 0));
    }
}
