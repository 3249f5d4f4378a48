//! How the host's processor reckons with fractions: what it set is put aside while the library works.
//!
//! Delphi, for one, asks for an exception where others expect an infinity. The library expects what Rust and C do.

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
mod control {
    use std::arch::asm;

    /// What the ABI of the platform promises a function: every exception masked, to the nearest.
    const X87: u16 = 0x037f;
    const SSE: u32 = 0x1f80;
    /// The flags of what happened, which say nothing of how to reckon.
    const SSE_FLAGS: u32 = 0x3f;

    /// What the host had set; set again at the end.
    pub struct Floating {
        x87: u16,
        sse: u32,
        is_usual: bool,
    }

    impl Floating {
        #[inline]
        pub fn put_aside() -> Self {
            let (mut x87, mut sse) = (0_u16, 0_u32);
            // SAFETY: both write to the variables they are given, and change nothing else.
            unsafe {
                asm!("fnstcw [{x87}]", "stmxcsr [{sse}]", x87 = in(reg) &raw mut x87, sse = in(reg) &raw mut sse,
                    options(nostack, preserves_flags));
            }
            // One question: every call asks it, and hardly any host set something.
            let is_usual = u32::from(x87 ^ X87) | (sse & !SSE_FLAGS) ^ SSE == 0;
            if !is_usual {
                load(X87, SSE);
            }
            Self { x87, sse, is_usual }
        }
    }

    impl Drop for Floating {
        #[inline]
        fn drop(&mut self) {
            if !self.is_usual {
                load(self.x87, self.sse);
            }
        }
    }

    /// Forgets first what happened: an exception that was masked must not be raised when it no longer is.
    #[cold]
    #[inline(never)]
    fn load(x87: u16, sse: u32) {
        // SAFETY: read the variables they are given; the state they set is that of a caller or the platform's own.
        unsafe {
            asm!("fnclex", "fldcw [{}]", "ldmxcsr [{}]", in(reg) &raw const x87, in(reg) &raw const sse,
                options(nostack, preserves_flags));
        }
    }
}

#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
mod control {
    /// Nothing to put aside: this processor raises no exceptions.
    pub struct Floating;

    impl Floating {
        pub const fn put_aside() -> Self {
            Self
        }
    }
}

pub use control::Floating;
