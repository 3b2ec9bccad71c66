//! Reading and writing by number. Past the end a read gives the default and a write does nothing: a wrong number
//! can spoil a picture, but not stop the program.

pub(super) trait Table<T> {
    fn at(&self, index: usize) -> T;
    fn put(&mut self, index: usize, value: T);
    fn change(&mut self, index: usize, change: impl FnOnce(T) -> T);
}

impl<T: Copy + Default> Table<T> for [T] {
    #[inline]
    fn at(&self, index: usize) -> T {
        self.get(index).copied().unwrap_or_default()
    }

    #[inline]
    fn put(&mut self, index: usize, value: T) {
        if let Some(slot) = self.get_mut(index) {
            *slot = value;
        }
    }

    #[inline]
    fn change(&mut self, index: usize, change: impl FnOnce(T) -> T) {
        if let Some(slot) = self.get_mut(index) {
            *slot = change(*slot);
        }
    }
}

/// Lists of numbers by number, stored as one list: the neighbours of a node, the members of a column.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists {
    starts: Vec<u32>,
    all: Vec<u32>,
}

impl Lists {
    /// Keeps the order of the pairs within each list.
    pub fn of(count: usize, pairs: &[(u32, u32)]) -> Lists {
        let mut starts = vec![0_u32; count + 1];
        for (list, _) in pairs {
            if let Some(start) = starts.get_mut(*list as usize + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut all = vec![0; sum as usize];
        for (list, value) in pairs.iter().filter(|(list, _)| (*list as usize) < count) {
            let at = next.at(*list as usize);
            all.put(at as usize, *value);
            next.put(*list as usize, at + 1);
        }
        Lists { starts, all }
    }

    pub fn list(&self, index: usize) -> &[u32] {
        self.all.get(self.starts.at(index) as usize..self.starts.at(index + 1) as usize).unwrap_or(&[])
    }

    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}
